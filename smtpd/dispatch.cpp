#include "smtpd/dispatch.hpp"

#include <algorithm>
#include <exception>
#include <limits>
#include <map>

#include "conf/log.hpp"
#include "mailstore/expansion.hpp"
#include "smtpd/now.hpp"

namespace smtpd {

namespace {

using mailstore::Outcome;
using mailstore::RecipientState;

RecipientState state_of(Attempt::End end) {
  switch (end) {
    case Attempt::End::kDelivered: return RecipientState::kDelivered;
    case Attempt::End::kFailed: return RecipientState::kFailed;
    case Attempt::End::kDeferred: break;
  }
  return RecipientState::kQueued;
}

}  // namespace

Dispatch::Dispatch(mailstore::Queue& queue, const conf::Settings& settings, Outlets outlets)
    : queue_(queue),
      outlets_(std::move(outlets)),
      host_{settings.hostname, settings.domain},
      retries_(settings.relay),
      schedule_(queue) {}

void Dispatch::change(const conf::Settings& settings) {
  std::lock_guard lock(mutex_);
  host_ = {settings.hostname, settings.domain};
  retries_ = settings.relay;
}

conf::RelaySettings Dispatch::retries() const {
  std::lock_guard lock(mutex_);
  return retries_;
}

ReportingHost Dispatch::host() const {
  std::lock_guard lock(mutex_);
  return host_;
}

void Dispatch::take(const Message& message) {
  if (stopping_) return;
  hand_on_local(message, message->received_at, Schedule::From::kAcceptance);
  hand_on_elsewhere(message, message->received_at);
}

std::int64_t Dispatch::sweep(std::int64_t now) {
  if (stopping_) return now + 1;
  Schedule::Turn turn = schedule_.next(now);
  for (const Message& message : queue_.read(turn.local)) {
    hand_on_local(message, now, Schedule::From::kDisk);
  }
  if (!turn.elsewhere.empty()) outlets_.due_elsewhere(std::move(turn.elsewhere));
  return schedule_.earliest();
}

void Dispatch::wake() {
  outlets_.wake();
  schedule_.wake();
}

std::vector<std::vector<Job>> Dispatch::open(const std::vector<Parcel>& parcels) {
  return schedule_.open(parcels, seconds_now());
}

void Dispatch::hand_on_local(const Message& message, std::int64_t now, Schedule::From from) {
  for (const mailstore::QueuedRecipient& recipient : message->recipients) {
    Job job{message, &recipient};
    const bool due = recipient.account != 0 && recipient.state == RecipientState::kQueued &&
                     recipient.next_attempt <= now;
    if (due && schedule_.claim(job, from)) outlets_.local(std::move(job));
  }
}

void Dispatch::hand_on_elsewhere(const Message& message, std::int64_t now) {
  std::vector<Job> jobs;
  for (const mailstore::QueuedRecipient& recipient : message->recipients) {
    Job job{message, &recipient};
    const bool due = recipient.account == 0 && recipient.state == RecipientState::kQueued &&
                     recipient.next_attempt <= now;
    if (due && schedule_.claim(job, Schedule::From::kAcceptance)) jobs.push_back(std::move(job));
  }
  if (!jobs.empty()) outlets_.elsewhere(message, std::move(jobs));
}

Outcome Dispatch::outcome_of(Attempt& attempt, std::int64_t now) const {
  const mailstore::QueuedMessage& message = *attempt.job.message;
  const mailstore::QueuedRecipient& recipient = *attempt.job.recipient;
  Outcome outcome{message.id, recipient.number, state_of(attempt.end), 0, attempt.reply};
  if (attempt.end != Attempt::End::kDeferred) return outcome;
  const Tried tried{recipient.attempts + 1, message.received_at, now, chance(),
                    attempt.not_before,     recipient.delay_told};
  const conf::RelaySettings settings = retries();
  const auto next =
      recipient.account != 0 ? next_local_attempt(settings, tried) : next_attempt(settings, tried);
  outcome.next_attempt = next.value_or(0);
  if (!next) {
    attempt.end = Attempt::End::kFailed;
    outcome.state = RecipientState::kFailed;
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
    log_attempt(outlets_.remember, attempt);
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
      make_report(host(), settled.attempts, report_rules(retries()), now);
  report.recipients = expand(about.sender, outlets_.resolve(about.sender));
  if (report.recipients.empty()) {
    conf::log(conf::Level::kWarning, "report_dropped",
              {{"queue", about.name}, {"to", about.sender.to_string()}});
    return record(std::move(settled));
  }
  auto kept = std::make_shared<Settled>(std::move(settled));
  queue_.accept(std::move(report), [this, kept](const Message& stored, std::exception_ptr error) {
    if (error) postpone_failures(*kept);
    if (stored) {
      log_report(outlets_.remember, *kept->attempts.front().job.message, *stored);
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
  std::int64_t next = std::numeric_limits<std::int64_t>::max();
  for (const Outcome& outcome : settled.outcomes) {
    if (outcome.state == RecipientState::kQueued) next = std::min(next, outcome.next_attempt);
  }
  queue_.record(std::move(settled.outcomes), [this, attempts, next](std::exception_ptr error) {
    recorded(*attempts, error);
    if (!error) schedule_.expect(next);
  });
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
  for (const Attempt& attempt : attempts) {
    schedule_.release(attempt.job.message->id, attempt.job.recipient->number);
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
