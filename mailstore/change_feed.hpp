// The doorbell between processes: a record written to every listener's FIFO in run/feed/ tells that
// a mailbox changed. Lossy by design: the truth is in the store, a ring only says when to look, and
// a listener that fell behind is told to look at everything. Safe from every thread.
//
// FIFOs rather than datagram sockets: Linux holds only 10 datagrams for a receiver
// (net.unix.max_dgram_qlen), which one batch of deliveries overruns; a FIFO holds thousands of
// rings, needs no path (sun_path ends at 108 octets), and an abandoned one is told by its open.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "mailstore/account.hpp"

namespace mailstore {

struct Change {
  AccountId account = 0;  ///< 0: rings may have been lost, look at every account
  MailboxId mailbox = 0;  ///< 0: the list of mailboxes itself
  ModSeq mod_seq = 0;
  bool operator==(const Change&) const = default;
};

class ChangeFeed {
 public:
  /// kListen also makes a FIFO of this process, which hears its own rings too.
  enum class Mode { kRingOnly, kListen };
  /// Makes `folder` when it is missing. Throws StoreError when that, or the FIFO, can't be.
  ChangeFeed(std::filesystem::path folder, Mode mode);
  ~ChangeFeed();
  ChangeFeed(const ChangeFeed&) = delete;
  ChangeFeed& operator=(const ChangeFeed&) = delete;

  /// Never blocks and never fails: a listener whose FIFO is full loses the ring and will be told.
  void ring(const Change& change);
  /// Becomes readable when a ring is waiting; non-blocking. -1 without kListen.
  int descriptor() const;
  /// The rings since the last call, one a mailbox with its latest mod_seq. A Change of account 0
  /// among them: some may be missing, re-check whatever is watched. Receivers re-read the store in
  /// any case and trust only that.
  std::vector<Change> take();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailstore
