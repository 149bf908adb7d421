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
#include <vector>

#include "conf/settings.hpp"
#include "mailstore/queue.hpp"
#include "smtpd/attempt.hpp"
#include "smtpd/attempt_log.hpp"
#include "smtpd/bounce.hpp"
#include "smtpd/retry.hpp"
#include "smtpd/schedule.hpp"

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
    /// Recipients elsewhere that have become due; their messages are to be had by `open`.
    std::function<void(std::vector<mailstore::DueRecipient>)> due_elsewhere{};
    /// What is known of those elsewhere is forgotten.
    std::function<void()> wake = [] {};
    Remember remember = [](const mailstore::Step&) {};
  };

  Dispatch(mailstore::Queue& queue, const conf::Settings& settings, Outlets outlets);

  /// A message that the queue has just accepted.
  void take(const Message& message);
  /// Looks for recipients that are due, some at a time; returns when to do so again, in seconds
  /// since 1970. Blocks: for a worker's thread, and one at a time.
  std::int64_t sweep(std::int64_t now);
  /// The queue on disk was changed by somebody else: it is looked at from its beginning.
  void wake();
  /// What of each parcel is still to be tried, in their order; the rest is let go. Blocks.
  std::vector<std::vector<Job>> open(const std::vector<Parcel>& parcels);
  /// Nobody sees to it any more; a later sweep finds what of it is due.
  void let_go(const Parcel& parcel) { schedule_.let_go(parcel); }
  void settle(std::vector<Attempt> attempts);
  /// Retries and reports from now on go by these.
  void change(const conf::Settings& settings);
  /// From now on nothing new is begun; what is queued stays so.
  void stop() { stopping_ = true; }

 private:
  void hand_on_local(const Message& message, std::int64_t now, Schedule::From from);
  void hand_on_elsewhere(const Message& message, std::int64_t now);
  /// Attempts and what the queue is to be told of them, one by one.
  struct Settled {
    std::vector<Attempt> attempts;
    std::vector<mailstore::Outcome> outcomes;
  };

  conf::RelaySettings retries() const;
  ReportingHost host() const;
  mailstore::Outcome outcome_of(Attempt& attempt, std::int64_t now) const;
  void report(Settled settled, std::int64_t now);
  void postpone_failures(Settled& settled) const;
  void record(Settled settled);
  void recorded(const std::vector<Attempt>& attempts, const std::exception_ptr& error);

  mailstore::Queue& queue_;
  Outlets outlets_;
  std::atomic<bool> stopping_ = false;
  mutable std::mutex mutex_;
  ReportingHost host_;
  conf::RelaySettings retries_;
  Schedule schedule_;
};

}  // namespace smtpd
