#include "smtpd/schedule.hpp"

#include <algorithm>
#include <exception>
#include <iterator>
#include <map>
#include <optional>
#include <ranges>

#include "conf/log.hpp"

namespace smtpd {

namespace {

using mailstore::DueRecipient;
using mailstore::QueuedRecipient;

// Local messages are held with their contents.
constexpr std::size_t kMostLocal = 20'000;
constexpr std::size_t kMostLocalFromDisk = 2'000;
// Read, claimed and handed over at a time: enough that recipients of a domain come together.
constexpr std::size_t kStep = 4000;
constexpr std::int64_t kPassInterval = 300;  // seconds, should something have been overlooked

std::optional<Job> due_job(const Message& message, std::int32_t number, std::int64_t now) {
  for (const QueuedRecipient& recipient : message->recipients) {
    if (recipient.number != number) continue;
    const bool due =
        recipient.state == mailstore::RecipientState::kQueued && recipient.next_attempt <= now;
    return due ? std::optional(Job{message, &recipient}) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

bool Schedule::claim(const Job& job, From from) {
  const QueuedRecipient& recipient = *job.recipient;
  const Claims::Recipient key{job.message->id, recipient.number};
  const std::size_t most_local = from == From::kDisk ? kMostLocalFromDisk : kMostLocal;
  std::lock_guard lock(mutex_);
  const Claims::Answer answer =
      recipient.account != 0
          ? claims_.claim_local(key, most_local)
          : claims_.claim_elsewhere(key, recipient.address.domain, job.message->sender);
  return answer == Claims::Answer::kTaken;
}

void Schedule::release(mailstore::QueueId message, std::int32_t number) {
  std::lock_guard lock(mutex_);
  claims_.release({message, number});
  if (claims_.has_room_again()) anew_ = true;
}

Schedule::Turn Schedule::next(std::int64_t now) {
  if (!begin(now)) return {};
  const auto due = queue_.due_after(cursor_, now, kStep);
  Turn turn = claim_due(due);
  pass(now, due);
  return turn;
}

std::int64_t Schedule::earliest() const {
  std::lock_guard lock(mutex_);
  return anew_ ? 0 : std::min(found_, expected_);
}

void Schedule::expect(std::int64_t due) {
  std::lock_guard lock(mutex_);
  expected_ = std::min(expected_, due);
  // The pass was quicker than the disk.
  if (due <= cursor_.next_attempt) anew_ = true;
}

void Schedule::wake() {
  std::lock_guard lock(mutex_);
  anew_ = true;
}

// A pass goes by due time, and so by itself over what becomes due. From its beginning it is made
// when that may have missed somebody: who had no room, or was changed on disk.
bool Schedule::begin(std::int64_t now) {
  std::lock_guard lock(mutex_);
  if (now >= pass_begun_ + kPassInterval) anew_ = true;
  if (!anew_ && std::min(found_, expected_) > now) return false;
  if (!anew_) return true;
  anew_ = false;
  found_ = 0;
  cursor_ = {};
  pass_begun_ = now;
  return true;
}

Schedule::Turn Schedule::claim_due(const std::vector<DueRecipient>& due) {
  Turn turn;
  std::lock_guard lock(mutex_);
  for (const DueRecipient& one : due) {
    if (one.account != 0) {
      if (turn.local.empty() || turn.local.back() != one.message) turn.local.push_back(one.message);
    } else if (claims_.claim_elsewhere({one.message, one.number}, one.domain, one.sender) ==
               Claims::Answer::kTaken) {
      turn.elsewhere.push_back(one);
    }
  }
  return turn;
}

void Schedule::pass(std::int64_t now, const std::vector<DueRecipient>& due) {
  const bool more = due.size() == kStep;
  {
    std::lock_guard lock(mutex_);
    if (more) {
      cursor_ = {due.back().next_attempt, due.back().message, due.back().number};
      return;
    }
    cursor_ = {now, 0, 0};  // somebody else may become due in this very second
    expected_ = kNever;     // the queue knows of them
  }
  const std::int64_t latest = pass_begun_ + kPassInterval;
  const std::int64_t next = queue_.next_due(now).value_or(latest);
  std::lock_guard lock(mutex_);
  found_ = std::min(next, latest);
}

void Schedule::release(const Parcel& parcel) {
  for (std::int32_t number : parcel.recipients) release(parcel.id, number);
}

void Schedule::let_go(const Parcel& parcel) {
  release(parcel);
  wake();
}

std::vector<std::vector<Job>> Schedule::open(const std::vector<Parcel>& parcels,
                                             std::int64_t now) try {
  return read(parcels, now);
} catch (const std::exception& error) {
  if (parcels.size() == 1) {
    conf::log(conf::Level::kError, "queue_not_read",
              {{"message", parcels.front().id}, {"reason", error.what()}});
    release(parcels.front());
    return std::vector<std::vector<Job>>(1);
  }
  // One that can't be read is its own trouble.
  std::vector<std::vector<Job>> jobs;
  for (const Parcel& parcel : parcels) jobs.push_back(open({parcel}, now).front());
  return jobs;
}

// Their claims are older than this look at the disk, so what it finds holds.
std::vector<std::vector<Job>> Schedule::read(const std::vector<Parcel>& parcels, std::int64_t now) {
  std::map<mailstore::QueueId, Message> messages;
  for (const Parcel& parcel : parcels) messages[parcel.id];
  std::vector<mailstore::QueueId> ids;
  std::ranges::copy(messages | std::views::keys, std::back_inserter(ids));
  for (Message& message : queue_.read(ids)) messages[message->id] = std::move(message);
  std::vector<std::vector<Job>> all;
  for (const Parcel& parcel : parcels) {
    std::vector<Job>& jobs = all.emplace_back();
    const Message& message = messages[parcel.id];
    for (std::int32_t number : parcel.recipients) {
      const auto job = message ? due_job(message, number, now) : std::nullopt;
      if (job) {
        jobs.push_back(*job);
      } else {
        release(parcel.id, number);
      }
    }
  }
  return all;
}

}  // namespace smtpd
