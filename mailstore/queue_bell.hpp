// The doorbell of the queue, run/queue.fifo: whoever changed queue.db beside smtpd rings, and smtpd
// looks at once instead of when it meant to. Lossy by design: the truth is in queue.db, and a bell
// that nobody hears only means that the change counts later. A FIFO for the reasons of change_feed.
#pragma once

#include <filesystem>

#include "mailstore/file_descriptor.hpp"

namespace mailstore {

/// The listening end; one process at a time, the one that has the queue's lock.
class QueueBell {
 public:
  /// Makes the FIFO and its folder. Throws StoreError when that can't be.
  explicit QueueBell(const std::filesystem::path& data);
  ~QueueBell();  ///< removes it
  QueueBell(const QueueBell&) = delete;
  QueueBell& operator=(const QueueBell&) = delete;

  /// Becomes readable when it was rung; non-blocking.
  int descriptor() const { return fifo_.get(); }
  /// Silences it. Look at the queue after this, not before.
  void answer();

 private:
  std::filesystem::path path_;
  FileDescriptor fifo_;
};

/// Never blocks. False: nobody listens, smtpd does not run.
bool ring_queue(const std::filesystem::path& data);

}  // namespace mailstore
