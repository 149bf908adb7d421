#include "imapd/hub.hpp"

#include <unistd.h>

#include <algorithm>
#include <set>
#include <utility>

namespace imapd {

namespace {

using mailstore::Change;

constexpr std::size_t kMostChanges = 256;  // of a bell nobody looks at; then it is "anything"

// The bell may be gone by the time its thread gets there.
void post(const std::shared_ptr<Bell>& bell, std::function<void()> Bell::*action) {
  asio::post(bell->executor, [weak = std::weak_ptr<Bell>(bell), action] {
    auto still = weak.lock();
    if (still && (*still).*action) ((*still).*action)();
  });
}

bool concerns(const Bell& bell, const Change& change) {
  if (change.account == 0) return true;
  return std::any_of(bell.places.begin(), bell.places.end(), [&](const Place& place) {
    bool there = !place.mailbox || *place.mailbox == change.mailbox;
    return place.account == change.account && there;
  });
}

void note(std::vector<Change>& changes, const Change& change) {
  auto same = [&](const Change& other) {
    return other.account == change.account && other.mailbox == change.mailbox;
  };
  if (std::any_of(changes.begin(), changes.end(), same)) return;
  if (changes.size() >= kMostChanges) changes.assign(1, Change{});
  changes.push_back(change);
}

std::set<mailstore::AccountId> accounts_of(const Bell& bell) {
  std::set<mailstore::AccountId> accounts;
  for (const auto& place : bell.places) accounts.insert(place.account);
  if (accounts.empty()) accounts.insert(0);
  return accounts;
}

}  // namespace

std::shared_ptr<Bell> Hub::join(asio::any_io_executor executor, std::function<void()> ring,
                                std::function<void()> stop) {
  auto bell = std::make_shared<Bell>();
  bell->executor = std::move(executor);
  bell->ring = std::move(ring);
  bell->stop = std::move(stop);
  std::lock_guard lock(mutex_);
  enter(bell);
  return bell;
}

void Hub::enter(const std::shared_ptr<Bell>& bell) {
  for (auto account : accounts_of(*bell)) bells_.emplace(account, bell);
}

void Hub::remove(const std::shared_ptr<Bell>& bell) {
  for (auto account : accounts_of(*bell)) {
    auto [begin, end] = bells_.equal_range(account);
    auto found = std::find_if(begin, end, [&](const auto& entry) { return entry.second == bell; });
    if (found != end) bells_.erase(found);
  }
}

void Hub::leave(const std::shared_ptr<Bell>& bell) {
  // The session's own thread: nothing posted to it can run between these lines.
  bell->ring = nullptr;
  bell->stop = nullptr;
  std::lock_guard lock(mutex_);
  remove(bell);
}

void Hub::watch(const std::shared_ptr<Bell>& bell, std::vector<Place> places) {
  std::lock_guard lock(mutex_);
  if (bell->places == places) return;
  remove(bell);
  bell->places = std::move(places);
  enter(bell);
}

void Hub::watch(const std::shared_ptr<Bell>& bell, mailstore::AccountId account,
                mailstore::MailboxId mailbox) {
  std::vector<Place> places;
  if (account != 0) places.push_back({account, mailbox});
  watch(bell, std::move(places));
}

std::vector<Change> Hub::take(const std::shared_ptr<Bell>& bell) {
  std::lock_guard lock(mutex_);
  return std::exchange(bell->changes, {});
}

void Hub::listen(asio::io_context& io) { asio::co_spawn(io, read_feed(), asio::detached); }

asio::awaitable<void> Hub::read_feed() {
  // A descriptor of our own: Asio closes the one it is given.
  asio::posix::stream_descriptor descriptor(co_await asio::this_coro::executor,
                                            ::dup(feed_.descriptor()));
  for (;;) {
    co_await descriptor.async_wait(asio::posix::descriptor_base::wait_read, asio::use_awaitable);
    for (const auto& change : feed_.take()) deliver(change);
  }
}

void Hub::deliver(const Change& change) {
  if (observer_) observer_(change);
  std::lock_guard lock(mutex_);
  auto [begin, end] = bells_.equal_range(change.account);
  if (change.account == 0) {
    begin = bells_.begin();
    end = bells_.end();
  }
  for (auto it = begin; it != end; ++it) {
    if (!concerns(*it->second, change)) continue;
    note(it->second->changes, change);
    post(it->second, &Bell::ring);
  }
}

void Hub::stop_all() {
  std::lock_guard lock(mutex_);
  for (const auto& [account, bell] : bells_) post(bell, &Bell::stop);
}

}  // namespace imapd
