// Keeps the search index behind delivery and out of its way: accounts that changed are indexed in
// small batches once nothing has changed for a while. What isn't indexed yet is scanned by SEARCH,
// so nothing depends on this but speed. Runs on one io_context; `changed` is safe from every
// thread.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <set>

#include "mailstore/store.hpp"
#include "tls/asio.hpp"
#include "tls/worker_pool.hpp"

namespace imapd {

class Indexer {
 public:
  Indexer(mailstore::Store& store, tls::WorkerPool& pool) : store_(store), pool_(pool) {}

  /// The account has messages that may not be indexed: a login or a change tells.
  void changed(mailstore::AccountId account);
  /// A session asks something of the store: while they do, indexing takes little of it.
  void used() { last_use_.store(Clock::now(), std::memory_order_relaxed); }
  /// Works until `io` stops.
  void start(asio::io_context& io);

 private:
  using Clock = std::chrono::steady_clock;

  asio::awaitable<void> work();
  asio::awaitable<void> index(mailstore::AccountId account);
  std::set<mailstore::AccountId> take_quiet();
  bool in_use() const;

  mailstore::Store& store_;
  tls::WorkerPool& pool_;
  std::mutex mutex_;
  std::set<mailstore::AccountId> pending_;
  Clock::time_point last_change_{};
  std::atomic<Clock::time_point> last_use_{Clock::time_point{}};
};

}  // namespace imapd
