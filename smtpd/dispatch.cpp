#include "smtpd/dispatch.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <map>

#include "conf/log.hpp"

namespace smtpd {

namespace {

using mailstore::Outcome;
using mailstore::RecipientState;

// What is accepted beyond this many unfinished recipients waits on disk until a sweep.
constexpr std::size_t kMaxInFlight = 20000;
constexpr std::size_t kSweepSize = 1000;
constexpr std::int64_t kSweepInterval = 60;  // seconds, should something have been overlooked

std::int64_t seconds_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

RecipientState state_of(Attempt::End end) {
  switch (end) {
    case Attempt::End::kDelivered: return RecipientState::kDelivered;
    case Attempt::End::kFailed: return RecipientState::kFailed;
    case Attempt::End::kDeferred: break;
  }
  return RecipientState::kQueued;
}

void log_attempt(const Attempt& attempt) {
  const mailstore::QueuedRecipient& recipient = *attempt.job.recipient;
  const bool delivered = attempt.end == Attempt::End::kDelivered;
  conf::log(delivered ? conf::Level::kInfo : conf::Level::kWarning,
            delivered                                ? "delivered"
            : attempt.end == Attempt::End::kDeferred ? "deferred"
                                                     : "failed",
            {{"queue", attempt.job.message->name},
             {"to", recipient.address.to_string()},
             {"host", attempt.remote.empty() ? "local" : attempt.remote},
             {"reply", attempt.reply}});
  // RFC 5321 §6.1: nobody is told of it; the administrator finds it here.
  if (attempt.end == Attempt::End::kFailed && attempt.job.message->sender.is_null()) {
    conf::log(conf::Level::kWarning, "double_bounce",
              {{"queue", attempt.job.message->name},
               {"to", recipient.address.to_string()},
               {"reply", attempt.reply}});
  }
}

void log_report(const mailstore::QueuedMessage& about, const mailstore::QueuedMessage& report) {
  conf::log(conf::Level::kInfo, "reported",
            {{"queue", about.name}, {"report", report.name}, {"to", about.sender.to_string()}});
}

std::vector<mailstore::QueuedRecipient> recipients_of(const mail::Address& address,
                                                      const mailstore::Resolution& where) {
  std::vector<mailstore::QueuedRecipient> recipients;
  mailstore::QueuedRecipient recipient;
  recipient.original = address.to_string();
  recipient.address = address;
  for (const mailstore::AccountId account : where.accounts) {
    recipient.account = account;
    recipients.push_back(recipient);
  }
  recipient.account = 0;
  for (const mail::Address& remote : where.remote) {
    recipient.address = remote;
    recipients.push_back(recipient);
  }
  if (!where.domain_is_local) recipients.push_back(recipient);
  for (std::size_t i = 0; i < recipients.size(); ++i) {
    recipients[i].number = static_cast<std::int32_t>(i);
  }
  return recipients;
}

}  // namespace

Dispatch::Dispatch(mailstore::Queue& queue, const conf::Settings& settings, Outlets outlets)
    : queue_(queue),
      host_{settings.hostname, settings.domain},
      outlets_(std::move(outlets)),
      retries_(settings.relay) {}

void Dispatch::change(const conf::RelaySettings& retries) {
  std::lock_guard lock(mutex_);
  retries_ = retries;
}

conf::RelaySettings Dispatch::retries() const {
  std::lock_guard lock(mutex_);
  return retries_;
}

void Dispatch::take(const Message& message) { hand_on(message, message->received_at); }

std::int64_t Dispatch::sweep(std::int64_t now) {
  std::size_t most = kSweepSize;
  {
    std::lock_guard lock(mutex_);
    if (now < earliest_ && now < swept_ + kSweepInterval) return earliest_;
    if (in_flight_.size() > kMaxInFlight / 2) return now + 1;
    earliest_ = now + kSweepInterval;
    swept_ = now;
    most += in_flight_.size();  // those are due the longest, and must not hide the others
  }
  const auto due = queue_.due(now, most);
  std::size_t begun = 0;
  for (const Message& message : due) begun += hand_on(message, now);
  const auto next = queue_.next_due(now);
  std::lock_guard lock(mutex_);
  if (next) earliest_ = std::min(earliest_, *next);  // deferred by a process before this one, say
  if (due.size() == most && begun > 0) earliest_ = now;
  return earliest_;
}

std::size_t Dispatch::hand_on(const Message& message, std::int64_t now) {
  if (stopping_) return 0;
  std::vector<Job> elsewhere;
  std::size_t begun = 0;
  for (const mailstore::QueuedRecipient& recipient : message->recipients) {
    if (recipient.state != RecipientState::kQueued || recipient.next_attempt > now) continue;
    Job job{message, &recipient};
    if (!claim(job)) continue;
    ++begun;
    if (recipient.account != 0) {
      outlets_.local(std::move(job));
    } else {
      elsewhere.push_back(std::move(job));
    }
  }
  if (!elsewhere.empty()) outlets_.elsewhere(message, std::move(elsewhere));
  return begun;
}

bool Dispatch::claim(const Job& job) {
  std::lock_guard lock(mutex_);
  if (in_flight_.size() < kMaxInFlight) {
    return in_flight_.insert({job.message->id, job.recipient->number}).second;
  }
  earliest_ = 0;
  return false;
}

Outcome Dispatch::outcome_of(Attempt& attempt, std::int64_t now) const {
  const mailstore::QueuedMessage& message = *attempt.job.message;
  Outcome outcome{message.id, attempt.job.recipient->number, state_of(attempt.end), 0,
                  attempt.reply};
  if (attempt.end == Attempt::End::kDeferred) {
    const mailstore::QueuedRecipient& recipient = *attempt.job.recipient;
    const auto pause = recipient.account != 0 ? next_local_attempt : next_attempt;
    const auto next = pause(retries(), recipient.attempts + 1, message.received_at, now);
    outcome.next_attempt = next.value_or(0);
    if (!next) {
      attempt.end = Attempt::End::kFailed;
      outcome.state = RecipientState::kFailed;
    }
  }
  return outcome;
}

void Dispatch::settle(std::vector<Attempt> attempts) {
  const std::int64_t now = seconds_now();
  const ReportRules rules = report_rules(retries());
  std::map<mailstore::QueueId, Settled> with_report;
  Settled plain;
  for (Attempt& attempt : attempts) {
    Outcome outcome = outcome_of(attempt, now);
    log_attempt(attempt);
    const auto told = actions_to_tell(attempt, rules, now);
    outcome.delay_told = std::ranges::count(told, mail::DeliveryAction::kDelayed) != 0;
    Settled& group = told.empty() ? plain : with_report[outcome.message];
    group.outcomes.push_back(std::move(outcome));
    group.attempts.push_back(std::move(attempt));
  }
  if (!plain.attempts.empty()) record(std::move(plain));
  for (auto& [message, settled] : with_report) report(std::move(settled), now);
}

// The report is on disk before the failure, or that a delay was told, is recorded: a crash between
// the two makes a second report, never none.
void Dispatch::report(Settled settled, std::int64_t now) {
  const mailstore::QueuedMessage& about = *settled.attempts.front().job.message;
  mailstore::QueuedMessage report =
      make_report(host_, settled.attempts, report_rules(retries()), now);
  report.recipients = recipients_of(about.sender, outlets_.resolve(about.sender));
  if (report.recipients.empty()) {
    conf::log(conf::Level::kWarning, "report_dropped",
              {{"queue", about.name}, {"to", about.sender.to_string()}});
    return record(std::move(settled));
  }
  auto kept = std::make_shared<Settled>(std::move(settled));
  queue_.accept(std::move(report), [this, kept](const Message& stored, std::exception_ptr error) {
    if (error) postpone_failures(*kept);
    if (stored) {
      log_report(*kept->attempts.front().job.message, *stored);
      take(stored);
    }
    record(std::move(*kept));
  });
}

// What could not be told is not recorded as if it were.
void Dispatch::postpone_failures(Settled& settled) const {
  for (Outcome& outcome : settled.outcomes) {
    outcome.delay_told = false;
    if (outcome.state != RecipientState::kFailed) continue;
    outcome.state = RecipientState::kQueued;
    outcome.next_attempt = seconds_now() + retries().retry_first.count();
  }
}

void Dispatch::record(Settled settled) {
  auto attempts = std::make_shared<std::vector<Attempt>>(std::move(settled.attempts));
  for (const Outcome& outcome : settled.outcomes) {
    if (outcome.state != RecipientState::kQueued) continue;
    std::lock_guard lock(mutex_);
    earliest_ = std::min(earliest_, outcome.next_attempt);
  }
  queue_.record(std::move(settled.outcomes),
                [this, attempts](std::exception_ptr error) { recorded(*attempts, error); });
}

// Should an outcome not be recorded, the recipient stays queued and is tried again; a local
// delivery is then known by its name and not repeated.
void Dispatch::recorded(const std::vector<Attempt>& attempts, const std::exception_ptr& error) {
  if (error) {
    try {
      std::rethrow_exception(error);
    } catch (const std::exception& reason) {
      conf::log(conf::Level::kError, "outcome_not_recorded", {{"reason", reason.what()}});
    }
  }
  {
    std::lock_guard lock(mutex_);
    for (const Attempt& attempt : attempts) {
      in_flight_.erase({attempt.job.message->id, attempt.job.recipient->number});
    }
  }
  if (error || stopping_) return;
  for (const Attempt& attempt : attempts) {
    const mailstore::AccountId account = attempt.job.recipient->account;
    if (account != 0 && attempt.end == Attempt::End::kDelivered) {
      outlets_.forget(account, attempt.job.message->delivery_id(*attempt.job.recipient));
    }
  }
}

}  // namespace smtpd
