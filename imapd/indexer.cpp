#include "imapd/indexer.hpp"

#include <exception>
#include <utility>

#include "conf/log.hpp"
#include "mailstore/search.hpp"

namespace imapd {

namespace {

using namespace std::chrono_literals;
using Clock = Indexer::Clock;

// A batch holds back the account's sessions, by up to a millisecond a message.
struct Pace {
  std::size_t batch;
  Clock::duration pause;
};
constexpr Pace kAlone{32, 2ms};
constexpr Pace kBesideSessions{4, 50ms};
constexpr auto kInUse = 100ms;  // after the last command

}  // namespace

void Indexer::changed(mailstore::AccountId account) {
  std::lock_guard lock(mutex_);
  if (account != 0) pending_.insert(account);
  last_change_ = Clock::now();
}

void Indexer::start(asio::io_context& io) { asio::co_spawn(io, work(), asio::detached); }

std::set<mailstore::AccountId> Indexer::take_quiet() {
  std::lock_guard lock(mutex_);
  if (Clock::now() - last_change_ < quiet_) return {};
  working_ = !pending_.empty();
  return std::exchange(pending_, {});
}

bool Indexer::done() const {
  std::lock_guard lock(mutex_);
  return pending_.empty() && !working_;
}

bool Indexer::in_use() const {
  return Clock::now() - last_use_.load(std::memory_order_relaxed) < kInUse;
}

asio::awaitable<void> Indexer::work() {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  for (;;) {
    timer.expires_after(quiet_ / 2);
    co_await timer.async_wait(asio::use_awaitable);
    auto accounts = take_quiet();
    for (auto account : accounts) co_await index(account);
    std::lock_guard lock(mutex_);
    working_ = false;
  }
}

asio::awaitable<void> Indexer::index(mailstore::AccountId account) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  try {
    for (;;) {
      auto pace = in_use() ? kBesideSessions : kAlone;
      auto batch = [this, account, pace] {
        return mailstore::index_more(*store_.account(account), pace.batch);
      };
      auto indexed = co_await pool_.run(static_cast<std::uint64_t>(account), batch);
      if (indexed == 0) break;
      timer.expires_after(pace.pause);
      co_await timer.async_wait(asio::use_awaitable);
    }
  } catch (const std::exception& error) {
    conf::log(conf::Level::kWarning, "index_failed",
              {{"account", account}, {"reason", error.what()}});
  }
}

}  // namespace imapd
