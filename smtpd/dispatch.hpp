// Between the queue and those who deliver: hands accepted messages on at once, takes up what is
// left over at start and when it is due, and records how attempts ended, with a bounce where one is
// owed. A recipient is with one attempt at a time. What is on disk is the truth: forgetting
// everything here loses nothing. Safe from every thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <set>
#include <utility>
#include <vector>

#include "conf/settings.hpp"
#include "mailstore/queue.hpp"
#include "smtpd/attempt.hpp"
#include "smtpd/bounce.hpp"
#include "smtpd/retry.hpp"

namespace smtpd {

class Dispatch {
 public:
  /// Where things go; each is called from any thread and must be quick.
  struct Outlets {
    std::function<void(Job)> local;
    std::function<void(Message, std::vector<Job>)> elsewhere;
    std::function<void(mailstore::AccountId, std::string delivery_id)> forget;
    /// Local accounts and remote addresses of a bounce's recipient.
    std::function<mailstore::Resolution(const mail::Address&)> resolve;
  };

  Dispatch(mailstore::Queue& queue, const conf::Settings& settings, Outlets outlets);

  /// A message that the queue has just accepted.
  void take(const Message& message);
  /// Looks for recipients that are due; returns when to do so again, in seconds since 1970.
  /// Blocks: for a worker's thread.
  std::int64_t sweep(std::int64_t now);
  void settle(std::vector<Attempt> attempts);
  /// Retries from now on go by these.
  void change(const conf::RelaySettings& retries);
  /// From now on nothing new is begun; what is queued stays so.
  void stop() { stopping_ = true; }

 private:
  using Key = std::pair<mailstore::QueueId, std::int32_t>;

  std::size_t hand_on(const Message& message, std::int64_t now);
  bool claim(const Job& job);
  /// Attempts and what the queue is to be told of them, one by one.
  struct Settled {
    std::vector<Attempt> attempts;
    std::vector<mailstore::Outcome> outcomes;
  };

  conf::RelaySettings retries() const;
  mailstore::Outcome outcome_of(Attempt& attempt, std::int64_t now) const;
  void report(Settled settled, std::int64_t now);
  void postpone_failures(Settled& settled) const;
  void record(Settled settled);
  void recorded(const std::vector<Attempt>& attempts, const std::exception_ptr& error);

  mailstore::Queue& queue_;
  const ReportingHost host_;
  Outlets outlets_;
  std::atomic<bool> stopping_ = false;
  mutable std::mutex mutex_;
  conf::RelaySettings retries_;
  std::set<Key> in_flight_;
  std::int64_t earliest_ = 0;  ///< of what was deferred; 0: look at once
  std::int64_t swept_ = 0;     ///< when it was looked last
};

}  // namespace smtpd
