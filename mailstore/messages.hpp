// Reading messages: the numbers a selected session keeps, what changed since it looked, and what
// FETCH renders.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mail/sequence_set.hpp"
#include "mailstore/account.hpp"
#include "mailstore/content.hpp"
#include "mailstore/message_states.hpp"

namespace mailstore {

/// What SELECT hands a session. Read in one snapshot.
struct MailboxView {
  std::uint32_t uid_validity = 0;
  Uid uid_next = 1;
  ModSeq highest_mod_seq = 1;
  Uid first_recent = 1;    ///< messages from this UID on are \Recent for this session
  MessageStates messages;  ///< ascending UIDs
  std::vector<std::string> keywords;
};

enum class RecentClaim { kTake, kLeave };  ///< SELECT takes \Recent, EXAMINE leaves it

Result<MailboxView, Failure> open_mailbox(Account& account, MailboxId mailbox, RecentClaim recent);
/// Of a session that has changed much: who opens the mailbox next shares its blocks, and those
/// before the change are let go.
void keep_view(Account& account, MailboxId mailbox, const MailboxView& view);

/// What happened after `since`, in one snapshot: new and changed messages (state), vanished UIDs.
struct MailboxChanges {
  Uid uid_next = 1;
  ModSeq highest_mod_seq = 1;
  Uid first_recent = 1;
  std::vector<MessageState> changed;  ///< ascending UIDs, new messages among them
  std::vector<Uid> vanished;          ///< ascending
  std::vector<std::string> keywords;
  /// All messages, when the mailbox is so large that views had better share() them; else empty.
  MessageStates all;
};

/// kNoSuchMailbox when it was deleted meanwhile.
Result<MailboxChanges, Failure> changes_since(Account& account, MailboxId mailbox, ModSeq since,
                                              RecentClaim recent);

/// What FETCH can ask for without opening the message.
struct StoredMessage {
  Uid uid = 0;
  ModSeq mod_seq = 0;
  FlagBits flags = 0;
  std::int64_t internal_date = 0;
  std::int32_t zone_minutes = 0;
  std::int64_t save_date = 0;
  std::int64_t content_id = 0;
  std::uint64_t size = 0;
  std::uint32_t header_size = 0;
  std::int64_t thread = 0;                     ///< if asked for; 0: not worked out (object_id.hpp)
  std::string envelope, body, body_structure;  ///< only those asked for
};

struct Columns {
  bool envelope = false;
  bool body = false;
  bool body_structure = false;
  bool thread = false;
};

/// Calls `each` for the messages of the ranges that exist, ascending; stops early when it returns
/// false.
void read_messages(Account& account, MailboxId mailbox, const std::vector<mail::NumberRange>& uids,
                   Columns columns, const std::function<bool(StoredMessage&&)>& each);

/// `length` octets from `offset` (fewer at the end; npos: all) of a message's octets. nullopt:
/// expunged meanwhile.
std::optional<std::string> read_content(Account& account, MailboxId mailbox, Uid uid,
                                        std::uint64_t offset = 0,
                                        std::uint64_t length = UINT64_MAX);

/// The octets of its header, to the end of the empty line. nullopt: expunged meanwhile.
std::optional<std::string> read_header(Account& account, MailboxId mailbox, Uid uid);

/// A message's octets, held: they can be read to their end even if the message is expunged
/// meanwhile. What lives in a file is mapped, not loaded.
class HeldContent {
 public:
  HeldContent(std::string head, Content rest) : head_(std::move(head)), rest_(std::move(rest)) {}

  std::uint64_t size() const { return head_.size() + rest_.size(); }
  /// Appends octets [begin, end), which must exist.
  void append_to(std::string& out, std::uint64_t begin, std::uint64_t end) const;
  /// The two parts, for who stores them elsewhere: the file's is empty when there is none.
  const Content& file() const { return rest_; }
  std::string take_head() && { return std::move(head_); }

 private:
  std::string head_;  ///< what is in the table
  Content rest_;      ///< what is in the file
};

/// nullopt: expunged meanwhile.
std::optional<HeldContent> hold_content(Account& account, MailboxId mailbox, Uid uid);

}  // namespace mailstore
