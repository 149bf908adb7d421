// Mail for elsewhere. Recipients are gathered by next hop (smtpd/destination.hpp), and each next
// hop gets as many connections as do it good (smtpd/window.hpp), message after message by each.
// When there are fewer connections than are wanted, destinations take turns. A next hop that can't
// be reached is left alone for a while, and what waits for it goes back to the queue without an
// attempt. Runs on one I/O thread; what is said to be safe is safe from every thread.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "conf/settings.hpp"
#include "smtpd/connection.hpp"
#include "smtpd/destination.hpp"
#include "smtpd/held.hpp"
#include "smtpd/opener.hpp"
#include "smtpd/refusals.hpp"
#include "smtpd/routes.hpp"

namespace smtpd {

class Relay {
 public:
  /// How to get out, and what goes out; tests bring their own.
  struct Ways {
    FindRoute find_route{};
    FindRoute find_host{};    ///< of a host that the settings name
    std::uint16_t port = 25;  ///< of hosts found by MX, where no policy says another
    /// Called on a worker's thread.
    OpenParcels open{};
    /// A parcel is not seen to any more; it waits in the queue (Dispatch::let_go).
    std::function<void(const Parcel&)> let_go{};
    /// Who the envelope says sends it; none: the message's sender.
    std::function<mail::Address(const mailstore::QueuedMessage&, const mailstore::QueuedRecipient&)>
        sender{};
    /// Held while a message is being carried, so that a daemon that ends waits for it.
    std::function<std::shared_ptr<void>()> busy{};
    std::chrono::milliseconds linger{2000};  ///< an idle connection is kept open that long
    std::chrono::milliseconds longest_catching_up{200};  ///< `catch_up` takes no longer
    std::function<std::int64_t()> now{};  ///< seconds since 1970; none: the system's clock
  };

  /// All must outlive it. `workers` run `Ways::open`.
  Relay(asio::io_context& io, tls::WorkerPool& workers, const conf::Settings& settings, Ways ways,
        Settle settle);

  /// Recipients of one message that have no account here. Safe.
  void take(Message message, std::vector<Job> jobs);
  /// Recipients whose messages are to be had by `Ways::open`. Safe.
  void take(std::vector<mailstore::DueRecipient> due);
  /// Until more of what is due is of use: there are connections to be had, 1,000 more messages were
  /// carried, or `Ways::longest_catching_up` has passed. On the I/O thread.
  asio::awaitable<void> catch_up();
  /// All connections to those that work are taken. On the I/O thread.
  bool busy() const;
  /// What is queued from now on goes by these; throws when their CAs can't be read. Safe.
  void change(const conf::Settings& settings);
  /// What is known of dead destinations and of DNS is forgotten, and what waits is read from the
  /// queue again when its turn comes: somebody changed it. Safe.
  void wake();
  /// From now on no message is begun; those under way end. Safe.
  void stop();

 private:
  /// Connections, and the destinations that wait for their turn to open one. Those that nobody has
  /// reached yet have as many places again to themselves: however many of them are dead, they keep
  /// none from those that work.
  struct Places {
    unsigned taken = 0;
    std::deque<Destination*> ring;
  };
  /// Where a domain's mail goes, until then.
  struct Known {
    Destination* destination = nullptr;
    std::int64_t until = 0;
  };
  /// A connection, and what it has done.
  struct Service {
    Connection connection;
    Places* places;  ///< of which it takes one
    bool worked = false;
    bool spent = false;  ///< carries no more
    unsigned turns = 0;
  };

  Message hold(Message message);
  void sort_out(const mail::Address& sender, const std::string& domain, Parcel parcel,
                std::int64_t moment);
  Destination& destination_of(const WayOut& way, std::shared_ptr<const Route> route);
  void hand_over(Destination& destination, const mail::Address& sender, Parcel parcel,
                 std::int64_t moment);
  void urge(Destination& destination, std::int64_t moment);
  Places& places_of(const Destination& destination);
  void line_up(Destination& destination, std::int64_t moment);
  void open_connections();
  void open_connections(Places& places);
  void refuse_line(Destination& destination);
  std::chrono::milliseconds pause_of_refusals() const;
  void look_anew();
  void forget_old(std::int64_t moment);
  std::int64_t now() const;

  asio::awaitable<void> serve(Destination& destination, Places& places);
  asio::awaitable<std::optional<Parcel>> next(Destination& destination, Service& service);
  asio::awaitable<void> idle(Destination& destination);
  asio::awaitable<void> carry(Destination& destination, Service& service, Parcel parcel);
  void note(Destination& destination, Service& service, const Verdict& verdict);
  void settle(std::vector<Attempt> attempts);
  void tell_of_unknown(const Verdict& verdict);
  void bury(Destination& destination, const Attempt& last);
  void prove(Destination& destination, Service& service);
  void give_up(Destination& destination, Service& service, Verdict verdict, Parcel parcel);
  void leave(Destination& destination, const Service& service);

  asio::io_context& io_;
  const Ways ways_;
  const Outfit outfit_;
  Settle settle_;
  std::shared_ptr<const Terms> terms_;  ///< of the I/O thread alone, as all below
  Routes routes_;
  Opener opener_;
  Refusals refusals_;
  unsigned generation_ = 0;                          ///< of the settings
  std::map<std::string, Destination> destinations_;  ///< by generation and destination_name
  std::unordered_map<std::string, Known> known_;     ///< by domain
  Places proven_, unproven_;                         ///< for those that work, for those unknown
  std::uint64_t carried_ = 0;                        ///< messages, so far
  std::int64_t tidied_ = 0;
  std::int64_t unknown_ = 0;  ///< messages that may arrive twice, so far
  std::atomic<bool> stopping_ = false;
  Held held_, unrecorded_;  ///< octets: of those just accepted, of those carried
};

}  // namespace smtpd
