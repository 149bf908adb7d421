// Flags and MODSEQ of the messages of a mailbox as they lie in the table `state_block`: a row for
// each 512 UIDs, so that marking a mailbox of 200,000 messages writes 400 rows, and opening it
// reads as many. What a message is besides (its size, dates, content) never changes and is in
// `message`. Private to the room; everything here happens inside the caller's transaction.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "mail/sequence_set.hpp"
#include "mailstore/message_states.hpp"
#include "mailstore/sqlite.hpp"

namespace mailstore {

/// The messages of the blocks in which something has a later MODSEQ than `since`, block by block.
/// Throws StoreError for a damaged one, as everything here does.
void read_state_blocks(Database& database, MailboxId mailbox, ModSeq since,
                       const std::function<void(std::vector<MessageState>&&)>& each);

enum class StateChange { kNone, kChanged, kRemoved };
/// Calls `each` with every message of the ranges (which are merged), ascending, and writes what it
/// says.
void change_states(Database& database, MailboxId mailbox,
                   const std::vector<mail::NumberRange>& ranges,
                   const std::function<StateChange(MessageState&)>& each);

/// They are new, ascending, and higher than all.
void append_states(Database& database, MailboxId mailbox, const std::vector<MessageState>& states);

/// For who reads messages in ascending order: keeps the block it was last in.
class StateReader {
 public:
  StateReader(Database& database, MailboxId mailbox) : database_(database), mailbox_(mailbox) {}
  /// nullptr when there is none; valid until the next call.
  const MessageState* find(Uid uid);

 private:
  Database& database_;
  MailboxId mailbox_;
  std::optional<Uid> prefix_;
  std::vector<MessageState> states_;
};

}  // namespace mailstore
