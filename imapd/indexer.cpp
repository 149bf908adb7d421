#include "imapd/indexer.hpp"

#include <exception>
#include <utility>

#include "conf/log.hpp"
#include "mailstore/search.hpp"

namespace imapd {

namespace {

using namespace std::chrono_literals;

constexpr auto kQuiet = 2s;   // long enough that a burst of deliveries is over
constexpr auto kPause = 5ms;  // between batches, so that sessions of the account get their turn
constexpr std::size_t kBatch = 64;

}  // namespace

void Indexer::changed(mailstore::AccountId account) {
  std::lock_guard lock(mutex_);
  if (account != 0) pending_.insert(account);
  last_change_ = Clock::now();
}

void Indexer::start(asio::io_context& io) { asio::co_spawn(io, work(), asio::detached); }

std::set<mailstore::AccountId> Indexer::take_quiet() {
  std::lock_guard lock(mutex_);
  if (Clock::now() - last_change_ < kQuiet) return {};
  return std::exchange(pending_, {});
}

asio::awaitable<void> Indexer::work() {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  for (;;) {
    timer.expires_after(kQuiet / 2);
    co_await timer.async_wait(asio::use_awaitable);
    auto accounts = take_quiet();
    for (auto account : accounts) co_await index(account);
  }
}

asio::awaitable<void> Indexer::index(mailstore::AccountId account) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  try {
    auto batch = [this, account] {
      return mailstore::index_more(*store_.account(account), kBatch);
    };
    while (co_await pool_.run(static_cast<std::uint64_t>(account), batch) > 0) {
      timer.expires_after(kPause);
      co_await timer.async_wait(asio::use_awaitable);
    }
  } catch (const std::exception& error) {
    conf::log(conf::Level::kWarning, "index_failed",
              {{"account", account}, {"reason", error.what()}});
  }
}

}  // namespace imapd
