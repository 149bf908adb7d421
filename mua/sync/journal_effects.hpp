// What an entry of the journal does to the local store, at once, and how that is taken back. The
// caller has a transaction. Private to the folder.
#pragma once

#include "mua/sync/journal.hpp"

namespace mua::sync {

/// Changes what is seen of the entry's messages as the server will.
void apply_effect(mailstore::Database& database, const Entry& entry);
/// Makes it as it was before the entry.
void revert_effect(mailstore::Database& database, const Entry& entry);

/// Puts what the journal has not told the server yet over `flags`, which the server said.
void apply_unfinished_flags(mailstore::Database& database, MessageId message, mail::FlagSet& flags);

/// Sets "\Seen" or a keyword, or takes it away. False: it was so.
bool change_flag(mail::FlagSet& flags, const std::string& flag, bool set);

}  // namespace mua::sync
