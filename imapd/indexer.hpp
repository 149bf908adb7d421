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
  using Clock = std::chrono::steady_clock;

  /// `quiet`: long enough that a burst of deliveries is over.
  Indexer(mailstore::Store& store, tls::WorkerPool& pool,
          Clock::duration quiet = std::chrono::seconds(2))
      : store_(store), pool_(pool), quiet_(quiet) {}

  /// The account has messages that may not be indexed: a login or a change tells.
  void changed(mailstore::AccountId account);
  /// A session asks something of the store: while they do, indexing takes little of it.
  void used() { last_use_.store(Clock::now(), std::memory_order_relaxed); }
  /// Everything told of is indexed.
  bool done() const;
  /// Works until `io` stops.
  void start(asio::io_context& io);

 private:
  asio::awaitable<void> work();
  asio::awaitable<void> index(mailstore::AccountId account);
  std::set<mailstore::AccountId> take_quiet();
  bool in_use() const;

  mailstore::Store& store_;
  tls::WorkerPool& pool_;
  Clock::duration quiet_;
  mutable std::mutex mutex_;
  std::set<mailstore::AccountId> pending_;
  bool working_ = false;
  Clock::time_point last_change_{};
  std::atomic<Clock::time_point> last_use_{Clock::time_point{}};
};

}  // namespace imapd
