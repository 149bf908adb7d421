// What is replaced as a whole while others use it: settings and certificates that are read again.
// Who has taken the latest keeps it for as long as needed. Safe from every thread, which
// libstdc++ 12's std::atomic<std::shared_ptr> is not: its load lets go of its lock with
// memory_order_relaxed, so that a store may overtake it.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace smtpd {

template <class Value>
class Latest {
 public:
  using Pointer = std::shared_ptr<const Value>;

  Latest(Pointer first) : latest_(std::move(first)) {}

  Pointer load() const {
    const std::lock_guard lock(mutex_);
    return latest_;
  }
  void store(Pointer next) {
    const std::lock_guard lock(mutex_);
    latest_.swap(next);  // the one before goes without the lock
  }

 private:
  mutable std::mutex mutex_;
  Pointer latest_;
};

}  // namespace smtpd
