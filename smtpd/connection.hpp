// A connection to a destination's hosts, in turn until every recipient of a message is decided; it
// stays with the one that works, message after message. Many recipients go in as many transactions
// as servers take (RFC 5321 §4.5.3.1.8), and so do those that different forwards send on.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "smtpd/carrier.hpp"
#include "smtpd/destination.hpp"
#include "smtpd/refusals.hpp"
#include "smtpd/verdict.hpp"

namespace smtpd {

/// What is the same for all connections.
struct Outfit {
  std::uint16_t port = 25;  ///< of hosts found by MX, where no policy says another
  /// Who the envelope says sends it; empty: the message's sender.
  std::function<mail::Address(const mailstore::QueuedMessage&, const mailstore::QueuedRecipient&)>
      sender;
};

class Connection {
 public:
  /// Both outlive it.
  Connection(const Outfit& outfit, Destination& destination)
      : outfit_(outfit), destination_(destination) {}

  /// Recipients of one message. What is undecided was so with every host.
  asio::awaitable<Verdict> carry(std::vector<Job> jobs, std::int64_t now);
  bool open() const { return carrier_ && carrier_->open(); }
  asio::awaitable<void> quit();

 private:
  asio::awaitable<Verdict> carry_together(std::vector<Job> jobs, std::int64_t now);
  asio::awaitable<Verdict> transact(std::vector<Job> jobs);
  asio::awaitable<void> turn_to(Host host);
  mail::smtp::OutgoingMessage outgoing(const std::vector<Job>& jobs) const;

  const Outfit& outfit_;
  Destination& destination_;
  std::optional<Carrier> carrier_;
};

/// Parts a message's recipients into those that can share a transaction.
std::vector<std::vector<Job>> transactions_of(std::vector<Job> jobs);

}  // namespace smtpd
