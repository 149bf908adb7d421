// Many transactions, one sync. A thread gathers all work that waits, runs it in one transaction of
// a Database and tells everybody once that is on disk. While one batch syncs, the next one gathers,
// so the more is waiting, the less a sync costs each. Work that fails a batch is on its own: the
// batch is rolled back and each of it committed by itself. One who waits alone may lend its own
// thread: then nothing is gathered, and the two switches of threads that would cost are saved.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "mailstore/sqlite.hpp"

namespace mailstore {

/// `apply` runs inside the transaction, again after a rollback; an exception from it undoes this
/// work alone. `finish` is told once how it ended; it must be quick and must not throw. Both run on
/// the committer's thread, or on the lent one.
struct GroupWork {
  std::function<void()> apply;
  std::function<void(std::exception_ptr)> finish;
};

/// kWithOthers rides along with the next other and waits for one 50 ms at most. kHere: as kAtOnce,
/// and `submit` itself commits when no commit is under way.
enum class Urgency { kAtOnce, kWithOthers, kHere };

class GroupCommitter {
 public:
  /// `before_commit` runs at the end of each transaction. The database is the committer's alone.
  GroupCommitter(Database& database, std::function<void()> before_commit);
  ~GroupCommitter();  ///< commits what waits
  GroupCommitter(const GroupCommitter&) = delete;
  GroupCommitter& operator=(const GroupCommitter&) = delete;

  void submit(GroupWork work, Urgency urgency);
  /// Returns when everything submitted before is committed, or failed. From `finish` it returns at
  /// once.
  void flush();

 private:
  void run();
  bool idle() const { return committing_ == std::thread::id(); }
  void commit_waiting(std::unique_lock<std::mutex>& lock);
  std::vector<GroupWork> take_batch();
  void commit(std::vector<GroupWork> batch);
  std::exception_ptr try_commit(const std::vector<GroupWork>& batch);

  Database& database_;
  std::function<void()> before_commit_;
  std::mutex mutex_;
  std::condition_variable wake_, finished_one_;
  std::vector<GroupWork> waiting_;
  bool urgent_ = false, stopping_ = false;
  std::thread::id committing_;  ///< of the thread that does
  std::uint64_t submitted_ = 0, finished_ = 0;
  std::thread thread_;
};

}  // namespace mailstore
