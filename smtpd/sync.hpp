// Between a local delivery and the word to the queue that it was made: deliveries are gathered for
// a few milliseconds, made durable together (mailstore/sync_accounts.hpp), and then settled. The
// queue holds each message until then, so a crash at any point repeats a delivery, which its name
// makes harmless, and never loses one.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "mailstore/directory.hpp"
#include "smtpd/attempt.hpp"

namespace smtpd {

class Sync {
 public:
  using FolderOf = std::function<std::filesystem::path(mailstore::AccountId)>;

  /// `settle` is called on a thread of its own.
  Sync(FolderOf folder_of, Settle settle);
  ~Sync();  ///< syncs and settles what waits
  Sync(const Sync&) = delete;
  Sync& operator=(const Sync&) = delete;

  /// Attempts at local delivery: those that were made are settled once they are synced, others at
  /// once. Safe from every thread.
  void take(std::vector<Attempt> attempts);

 private:
  using Delivered = std::map<mailstore::AccountId, std::vector<Attempt>>;

  void run();
  Delivered gather();
  void finish(Delivered delivered);

  FolderOf folder_of_;
  Settle settle_;
  std::mutex mutex_;
  std::condition_variable wake_;
  Delivered waiting_;
  bool stopping_ = false;
  std::thread thread_;  // the last, so that it finds the others made
};

}  // namespace smtpd
