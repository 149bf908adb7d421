// COPY and MOVE into another account, or into a mailbox where the user may not set every flag
// (RFC 4314 §4): messages are read from one database and appended to the other, a batch at a time,
// in constant memory. A COPY that fails takes back what it had copied; a MOVE removes a message
// only once its copy is on disk, so a crash in between leaves it in both places, never in none
// (RFC 6851 §3.3). Large contents are linked where the file system can.
#pragma once

#include <memory>

#include "mail/rights.hpp"
#include "mailstore/flags.hpp"
#include "mailstore/slice.hpp"

namespace mailstore {

/// What is copied, read and, when moved, removed through a connection of its own, because the pool
/// has a turn for one account at a time.
struct CopySource {
  std::unique_ptr<Account> account;
  MailboxId mailbox = 0;
  std::vector<mail::NumberRange> uids;
};

class CopyAcross {
 public:
  enum class Kind { kCopy, kMove };
  /// `rights`: of the user in the destination `to`; flags he has no right to stay behind.
  CopyAcross(CopySource source, MailboxId to, mail::Rights rights, Kind kind);

  /// Fails with kOverQuota for what the destination's account has no room for.
  void keep_within(const Limits& limits) { limits_ = limits; }

  /// In the destination's account (mailstore/slice.hpp).
  Progress step(Account& account, const Slice& slice);
  /// When done. After a failed MOVE, what was moved until then.
  const CopyResult& result() const { return result_; }
  const std::optional<Failure>& failure() const { return failure_; }

 private:
  std::vector<StoredMessage> next_batch();
  bool copy_batch(Account& account, const std::vector<StoredMessage>& batch);
  void take_back(Account& account);

  CopySource source_;
  MailboxId to_;
  mail::Rights rights_;
  Kind kind_;
  std::vector<std::string> keywords_;  ///< of the source
  Limits limits_;
  CopyResult result_;
  std::optional<Failure> failure_;
};

/// Removes messages, marked or not; nothing when the mailbox is gone.
void remove_messages(Account& account, MailboxId mailbox,
                     const std::vector<mail::NumberRange>& uids);

}  // namespace mailstore
