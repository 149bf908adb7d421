// Changing what is in a mailbox: STORE, EXPUNGE, COPY, MOVE. Each is one synced transaction.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "mail/flags.hpp"
#include "mailstore/messages.hpp"
#include "mailstore/quota.hpp"

namespace mailstore {

enum class FlagChange { kReplace, kAdd, kRemove };

struct StoreResult {
  std::vector<MessageState> messages;  ///< state after, of those changed and those already so
  std::vector<Uid> modified;           ///< refused by UNCHANGEDSINCE (RFC 7162 §3.1.3)
  std::vector<std::string> keywords;   ///< of the mailbox, after
  ModSeq before = 0, after = 0;  ///< highest of the mailbox: between them is this change alone
};

/// `untouched`: bits that stay as they are whatever `flags` says.
Result<StoreResult, Failure> store_flags(Account& account, MailboxId mailbox,
                                         const std::vector<mail::NumberRange>& uids,
                                         FlagChange change, const mail::FlagSet& flags,
                                         std::optional<ModSeq> unchanged_since = {},
                                         FlagBits untouched = 0);

/// Removes messages marked \Deleted among `uids`; returns those removed, ascending.
Result<std::vector<Uid>, Failure> expunge(Account& account, MailboxId mailbox,
                                          const std::vector<mail::NumberRange>& uids);

/// Gives back the room of up to `most` messages that a large expunge removed, in a transaction of
/// its own; returns how many it were, 0 when all is done. Whoever has time for it: they are gone
/// for everybody already.
std::size_t remove_released(Account& account, std::size_t most);

struct CopyResult {
  std::uint32_t uid_validity = 0;           ///< of the destination
  std::vector<std::pair<Uid, Uid>> copied;  ///< source UID → destination UID, ascending
};

/// Octets are shared, not copied. Flags, keywords and internal date are kept. All or, when `limits`
/// leave no room, none.
Result<CopyResult, Failure> copy_messages(Account& account, MailboxId from,
                                          const std::vector<mail::NumberRange>& uids, MailboxId to,
                                          const Limits& limits = {});
Result<CopyResult, Failure> move_messages(Account& account, MailboxId from,
                                          const std::vector<mail::NumberRange>& uids, MailboxId to);

}  // namespace mailstore
