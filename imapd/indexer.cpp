#include "imapd/indexer.hpp"

#include <exception>
#include <functional>
#include <iterator>

#include "conf/log.hpp"
#include "mailstore/flags.hpp"
#include "mailstore/search.hpp"

namespace imapd {

namespace {

using namespace std::chrono_literals;
using Clock = Indexer::Clock;

struct Pace {
  std::size_t batch;  // messages, of up to a millisecond each
  Clock::duration pause;
};
constexpr Pace kAlone{32, 2ms};
constexpr Pace kBesideOthers{4, 50ms};
constexpr auto kInUse = 100ms;  // after the last command or delivery
constexpr int kPatience = 15;   // times `quiet`

}  // namespace

void Indexer::changed(mailstore::AccountId account) {
  used();
  if (account == 0) return;
  const auto now = Clock::now();
  std::lock_guard lock(mutex_);
  waiting_.try_emplace(account, Waiting{now, now}).first->second.last = now;
}

void Indexer::start(asio::io_context& io) { asio::co_spawn(io, work(), asio::detached); }

Indexer::Accounts Indexer::take_ready() {
  const auto now = Clock::now();
  Accounts ready;
  std::lock_guard lock(mutex_);
  std::erase_if(waiting_, [&](const auto& entry) {
    const auto& [account, since] = entry;
    if (now - since.last < quiet_ && now - since.first < quiet_ * kPatience) return false;
    ready.insert(account);
    return true;
  });
  working_ = working_ || !ready.empty();
  return ready;
}

void Indexer::finished(const Accounts& behind) {
  std::lock_guard lock(mutex_);
  working_ = !behind.empty();
}

bool Indexer::done() const {
  std::lock_guard lock(mutex_);
  return waiting_.empty() && !working_;
}

bool Indexer::in_use() const {
  return Clock::now() - last_use_.load(std::memory_order_relaxed) < kInUse;
}

asio::awaitable<void> Indexer::work() {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  Accounts behind;
  for (;;) {
    if (behind.empty()) {
      timer.expires_after(quiet_ / 2);
      co_await timer.async_wait(asio::use_awaitable);
    }
    behind.merge(take_ready());
    co_await index_some(behind);
    finished(behind);
  }
}

/// A batch of each account; those with nothing left are behind no longer.
asio::awaitable<void> Indexer::index_some(Accounts& behind) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  for (auto account = behind.begin(); account != behind.end();) {
    const Pace pace = in_use() ? kBesideOthers : kAlone;
    const std::size_t indexed = co_await index_batch(*account, pace.batch);
    account = indexed == 0 ? behind.erase(account) : std::next(account);
    if (indexed == 0) continue;
    timer.expires_after(pace.pause);
    co_await timer.async_wait(asio::use_awaitable);
  }
}

/// The number of messages indexed; 0 also for an account that can't be.
asio::awaitable<std::size_t> Indexer::index_batch(mailstore::AccountId account, std::size_t most) {
  const std::function<std::size_t()> batch = [this, account, most] {
    auto opened = store_.account(account);
    const std::size_t released = mailstore::remove_released(*opened, most);
    return released > 0 ? released : mailstore::index_more(*opened, most);
  };
  try {
    co_return co_await pool_.run(static_cast<std::uint64_t>(account), batch);
  } catch (const std::exception& error) {
    conf::log(conf::Level::kWarning, "index_failed",
              {{"account", account}, {"reason", error.what()}});
  }
  co_return 0;
}

}  // namespace imapd
