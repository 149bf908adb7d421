// Mail for elsewhere: by the smarthost of the settings or by MX. What waits for one destination
// shares connections, a few at a time; what can't go now comes back from the queue when it is due.
// Runs on one I/O thread; `take` is safe from every thread.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "conf/settings.hpp"
#include "smtpd/attempt.hpp"
#include "smtpd/carrier.hpp"
#include "smtpd/mx.hpp"
#include "tls/worker_pool.hpp"

namespace smtpd {

class Relay {
 public:
  /// How to get out; tests bring their own.
  struct Ways {
    MxLookup find_mx;
    std::uint16_t port = 25;  ///< of hosts found by MX
  };

  /// All must outlive it. `workers` run the look-ups.
  Relay(asio::io_context& io, tls::WorkerPool& workers, const conf::Settings& settings, Ways ways,
        Settle settle);

  /// What is queued from now on goes by these. Safe from every thread.
  void change(conf::RelaySettings settings);

  /// Recipients of one message that have no account here.
  void take(Message message, std::vector<Job> jobs);

 private:
  using RelaySettings = std::shared_ptr<const conf::RelaySettings>;
  struct Delivery {
    Message message;
    std::vector<Job> jobs;
  };
  struct Destination {
    std::deque<Delivery> waiting;
    unsigned connections = 0;
  };

  void queue(Message message, std::vector<Job> jobs);
  std::string destination_of(const Job& job) const;
  asio::awaitable<void> serve(std::string name, RelaySettings settings);
  asio::awaitable<Route> find_route(std::string name, RelaySettings settings);
  std::optional<Delivery> next(const std::string& name);
  asio::awaitable<void> carry(Delivery delivery, const Route& route,
                              const conf::RelaySettings& settings, std::optional<Carrier>& carrier);
  void settle_decided(Delivery& delivery, const Carrier& carrier, bool last_host);
  void refuse(const Delivery& delivery, const std::string& refusal);
  CarrierOptions carrier_options(const conf::RelaySettings& settings) const;

  asio::io_context& io_;
  tls::WorkerPool& workers_;
  RelaySettings settings_;  ///< of the I/O thread alone
  const std::string hostname_;
  Ways ways_;
  Settle settle_;
  tls::SslCtx verifying_, trusting_;
  std::map<std::string, Destination> destinations_;
};

}  // namespace smtpd
