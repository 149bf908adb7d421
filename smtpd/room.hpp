// Whether there is room for mail in local mailboxes (RFC 9208's limits, here as RFC 3463's 4.2.2
// and 5.2.2). What an account without limits holds is never looked at. RCPT asks before a message
// is taken, so that nobody gets a report who needn't: its answer may be a few seconds old. Delivery
// asks the store itself, within its transaction. Safe from every thread.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "mail/smtp_reply.hpp"
#include "mailstore/store.hpp"
#include "tls/asio.hpp"
#include "tls/worker_pool.hpp"

namespace smtpd {

class Room {
 public:
  /// Both must outlive it.
  Room(mailstore::Store& store, tls::WorkerPool& workers, const conf::QuotaSettings& quota);

  /// kFull: later, perhaps. kNever: trying again is of no use.
  enum class Answer { kThere, kFull, kNever };

  bool is_limited(mailstore::AccountId account) const { return store_.limits(account).any(); }
  /// For a message of so many octets, 0 when nobody knows. A mailbox that can't be read is said to
  /// have room: delivery will tell.
  asio::awaitable<Answer> ask(mailstore::AccountId account, std::uint64_t octets);
  /// Of a message that a delivery found no room for.
  Answer after_delivery(const mailstore::Limits& limits, std::uint64_t octets) const;
  /// From a worker that has the account.
  void note(mailstore::AccountId account, const mailstore::Usage& used);
  /// The settings were read again.
  void change(const conf::QuotaSettings& quota);

 private:
  using Clock = std::chrono::steady_clock;
  struct Known {
    mailstore::Usage used;
    Clock::time_point since;
  };

  std::optional<mailstore::Usage> known(mailstore::AccountId account) const;

  mailstore::Store& store_;
  tls::WorkerPool& workers_;
  std::atomic<bool> refuses_;  ///< not deferred
  mutable std::mutex mutex_;
  std::unordered_map<mailstore::AccountId, Known> known_;
};

/// "452 4.2.2 The mailbox is full", or 552 5.2.2; not for kThere.
mail::smtp::Reply full_reply(Room::Answer answer);

}  // namespace smtpd
