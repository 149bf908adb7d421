// Local delivery. What waits for an account is taken together and written to its INBOX in one
// transaction, one batch at a time an account, accounts side by side on the worker pool. A failure
// of one account defers its messages and touches nobody else. Deliveries are named, so that one
// told twice is made once (mailstore/append.hpp). Safe from every thread.
#pragma once

#include <atomic>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "mailstore/store.hpp"
#include "smtpd/attempt.hpp"
#include "smtpd/room.hpp"
#include "tls/worker_pool.hpp"

namespace smtpd {

class Deliver {
 public:
  /// All must outlive it, and `workers` must have finished before it goes. `settle` is called on a
  /// worker's thread.
  /// `finished` tells those of some delivery ids that the queue will never deliver again.
  using Finished = std::function<std::vector<std::string>(const std::vector<std::string>&)>;
  Deliver(mailstore::Store& store, tls::WorkerPool& workers, Settle settle, Finished finished,
          Room& room);

  /// For a recipient that has an account.
  void take(Job job);
  /// The removal from the queue is durable: the name of the delivery needs no keeping any more.
  void forget(mailstore::AccountId account, std::string delivery_id);
  /// Batches under way are the last ones; what waits stays in the queue.
  void stop() { stopping_ = true; }

 private:
  struct Line {
    std::deque<Job> jobs;
    std::vector<std::string> forget;
    bool swept = false;  ///< of the names that an earlier process kept in mind and could not remove
    enum class State { kIdle, kServed } state = State::kIdle;
  };

  void serve(mailstore::AccountId account);
  std::vector<std::string> left_over(mailstore::AccountId account) const;
  void start(mailstore::AccountId account, Line& line);
  std::vector<Attempt> deliver_batch(mailstore::AccountId account, const std::vector<Job>& jobs,
                                     const std::vector<std::string>& forget);
  std::vector<Attempt> append(const mailstore::AccountInfo& account, const std::vector<Job>& jobs,
                              const std::vector<std::string>& forget);

  mailstore::Store& store_;
  tls::WorkerPool& workers_;
  Settle settle_;
  const Finished finished_;
  Room& room_;
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::unordered_map<mailstore::AccountId, Line> lines_;
};

}  // namespace smtpd
