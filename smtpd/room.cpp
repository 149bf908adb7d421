#include "smtpd/room.hpp"

#include <algorithm>
#include <utility>

#include "conf/log.hpp"

namespace smtpd {

namespace {

// A burst to one mailbox asks the store once; who reads mail there meanwhile isn't noticed so long.
constexpr auto kFresh = std::chrono::seconds(5);
constexpr std::size_t kMostKnown = 10'000;

}  // namespace

Room::Room(mailstore::Store& store, tls::WorkerPool& workers, const conf::QuotaSettings& quota)
    : store_(store), workers_(workers), refuses_(quota.full == "refuse") {}

asio::awaitable<Room::Answer> Room::ask(mailstore::AccountId account, std::uint64_t octets) {
  const mailstore::Limits limits = store_.limits(account);
  if (!limits.any()) co_return Answer::kThere;
  std::optional<mailstore::Usage> used = known(account);
  if (!used) {
    const auto read = [this, account] { return mailstore::usage(*store_.account(account)); };
    try {
      used = co_await workers_.run(static_cast<std::uint64_t>(account), read);
    } catch (const std::exception& error) {
      conf::log(conf::Level::kWarning, "usage_unknown",
                {{"account", account}, {"reason", error.what()}});
    }
    if (!used) co_return Answer::kThere;
    note(account, *used);
  }
  if (mailstore::has_room(limits, *used, std::max<std::uint64_t>(octets, 1), 1))
    co_return Answer::kThere;
  co_return after_delivery(limits, octets);
}

Room::Answer Room::after_delivery(const mailstore::Limits& limits, std::uint64_t octets) const {
  const bool never = refuses_ || mailstore::can_never_fit(limits, octets);
  return never ? Answer::kNever : Answer::kFull;
}

std::optional<mailstore::Usage> Room::known(mailstore::AccountId account) const {
  std::lock_guard lock(mutex_);
  const auto found = known_.find(account);
  if (found == known_.end() || Clock::now() - found->second.since > kFresh) return std::nullopt;
  return found->second.used;
}

void Room::note(mailstore::AccountId account, const mailstore::Usage& used) {
  const auto now = Clock::now();
  std::lock_guard lock(mutex_);
  if (known_.size() >= kMostKnown)
    std::erase_if(known_, [&](const auto& each) { return now - each.second.since > kFresh; });
  if (known_.size() < kMostKnown || known_.contains(account)) known_[account] = {used, now};
}

void Room::change(const conf::QuotaSettings& quota) {
  store_.set_quota(quota);
  refuses_ = quota.full == "refuse";
}

mail::smtp::Reply full_reply(Room::Answer answer) {
  return answer == Room::Answer::kNever
             ? mail::smtp::Reply(552, "5.2.2", "The mailbox has no room for this message")
             : mail::smtp::Reply(452, "4.2.2", "The mailbox is full; try again later");
}

}  // namespace smtpd
