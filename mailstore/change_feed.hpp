// The doorbell between processes: a datagram on Unix sockets in run/feed/ tells that a mailbox
// changed. Lossy by design: the truth is in the store, a ring only says when to look. Safe from
// every thread.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "mailstore/account.hpp"

namespace mailstore {

struct Change {
  AccountId account = 0;
  MailboxId mailbox = 0;  ///< 0: the list of mailboxes itself
  ModSeq mod_seq = 0;
};

class ChangeFeed {
 public:
  /// kListen also binds a socket of this process, which hears its own rings too.
  enum class Mode { kRingOnly, kListen };
  ChangeFeed(std::filesystem::path folder, Mode mode);
  ~ChangeFeed();
  ChangeFeed(const ChangeFeed&) = delete;
  ChangeFeed& operator=(const ChangeFeed&) = delete;

  void ring(const Change& change);
  /// Becomes readable when a ring is waiting; non-blocking. -1 without kListen.
  int descriptor() const;
  std::vector<Change> take();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailstore
