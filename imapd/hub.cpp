#include "imapd/hub.hpp"

#include <unistd.h>

#include <utility>

namespace imapd {

namespace {

// The bell may be gone by the time its thread gets there.
void post(const std::shared_ptr<Bell>& bell, std::function<void()> Bell::*action) {
  asio::post(bell->executor, [weak = std::weak_ptr<Bell>(bell), action] {
    auto still = weak.lock();
    if (still && (*still).*action) ((*still).*action)();
  });
}

}  // namespace

std::shared_ptr<Bell> Hub::join(asio::any_io_executor executor, std::function<void()> ring,
                                std::function<void()> stop) {
  auto bell = std::make_shared<Bell>();
  bell->executor = std::move(executor);
  bell->ring = std::move(ring);
  bell->stop = std::move(stop);
  std::lock_guard lock(mutex_);
  bells_.emplace(0, bell);
  return bell;
}

void Hub::leave(const std::shared_ptr<Bell>& bell) {
  // The session's own thread: nothing posted to it can run between these lines.
  bell->ring = nullptr;
  bell->stop = nullptr;
  std::lock_guard lock(mutex_);
  auto [begin, end] = bells_.equal_range(bell->account);
  for (auto it = begin; it != end; ++it) {
    if (it->second != bell) continue;
    bells_.erase(it);
    return;
  }
}

void Hub::watch(const std::shared_ptr<Bell>& bell, mailstore::AccountId account,
                mailstore::MailboxId mailbox) {
  std::lock_guard lock(mutex_);
  bell->mailbox = mailbox;
  if (bell->account == account) return;
  auto [begin, end] = bells_.equal_range(bell->account);
  for (auto it = begin; it != end; ++it) {
    if (it->second != bell) continue;
    auto node = bells_.extract(it);
    node.key() = account;
    bells_.insert(std::move(node));
    break;
  }
  bell->account = account;
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

void Hub::deliver(const mailstore::Change& change) {
  if (observer_) observer_(change);
  std::lock_guard lock(mutex_);
  auto [begin, end] = bells_.equal_range(change.account);
  if (change.account == 0) {
    begin = bells_.begin();
    end = bells_.end();
  }
  for (auto it = begin; it != end; ++it) {
    bool concerned = change.account == 0 || it->second->mailbox == change.mailbox;
    if (concerned) post(it->second, &Bell::ring);
  }
}

void Hub::stop_all() {
  std::lock_guard lock(mutex_);
  for (const auto& [account, bell] : bells_) post(bell, &Bell::stop);
}

}  // namespace imapd
