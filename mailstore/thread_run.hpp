// THREAD on the store (RFC 5256): threads the messages a search has found. Long work, cut into
// slices (slice.hpp); what it compares is kept packed in sort.db.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "mail/thread.hpp"
#include "mailstore/sort_source.hpp"

namespace mailstore {

class ThreadRun {
 public:
  /// `uids`: ascending. `view`, the session's own, must stay.
  ThreadRun(MailboxId mailbox, const MailboxView& view, std::vector<Uid> uids,
            mail::ThreadAlgorithm algorithm);
  ThreadRun(const ThreadRun&) = delete;
  ThreadRun& operator=(const ThreadRun&) = delete;

  Progress step(Account& account, const Slice& slice);
  /// The messages are places in `uids`.
  const mail::Threads& threads() const { return threads_; }
  const std::vector<Uid>& uids() const { return uids_; }

 private:
  bool link(const Slice& slice);

  std::vector<Uid> uids_;
  SortSource source_;
  mail::ThreadAlgorithm algorithm_;
  std::optional<mail::Threader> threader_;
  std::size_t next_chunk_ = 0;
  mail::Threads threads_;
};

}  // namespace mailstore
