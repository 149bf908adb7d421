// Keeps the search index behind delivery and out of its way: an account is indexed once it has been
// quiet for a while, in turn with the others, in small batches, and slowly for as long as mail
// comes in or sessions ask for something. What isn't indexed yet is scanned by SEARCH, so nothing
// depends on this but speed. Runs on one io_context; `changed` and `used` are safe from every
// thread.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <set>

#include "mailstore/store.hpp"
#include "tls/asio.hpp"
#include "tls/worker_pool.hpp"

namespace imapd {

class Indexer {
 public:
  using Clock = std::chrono::steady_clock;

  /// `quiet`: long enough that a burst of deliveries is over. An account that is never quiet is
  /// indexed after fifteen times that.
  Indexer(mailstore::Store& store, tls::WorkerPool& pool,
          Clock::duration quiet = std::chrono::seconds(2))
      : store_(store), pool_(pool), quiet_(quiet) {}

  /// The account has messages that may not be indexed: a login or a change tells.
  void changed(mailstore::AccountId account);
  /// A session asks something of the store: while they do, indexing takes little of the machine.
  void used() { last_use_.store(Clock::now(), std::memory_order_relaxed); }
  /// Everything told of is indexed.
  bool done() const;
  /// Works until `io` stops.
  void start(asio::io_context& io);

 private:
  struct Waiting {
    Clock::time_point first, last;  ///< change that was told of
  };
  using Accounts = std::set<mailstore::AccountId>;

  asio::awaitable<void> work();
  asio::awaitable<void> index_some(Accounts& behind);
  asio::awaitable<std::size_t> index_batch(mailstore::AccountId account, std::size_t most);
  Accounts take_ready();
  void finished(const Accounts& behind);
  bool in_use() const;

  mailstore::Store& store_;
  tls::WorkerPool& pool_;
  Clock::duration quiet_;
  mutable std::mutex mutex_;
  std::map<mailstore::AccountId, Waiting> waiting_;
  bool working_ = false;
  std::atomic<Clock::time_point> last_use_{Clock::time_point{}};
};

}  // namespace imapd
