// Databases beside mail.db that hold nothing of their own: indexes and packed copies. What is
// damaged, of another version or missing is made anew, so none of them is ever migrated, synced or
// repaired. Private to the room.
#pragma once

#include <filesystem>
#include <set>

#include "mailstore/account.hpp"
#include "mailstore/schema.hpp"

namespace mailstore {

/// `file`, once it is a database of this schema; it is emptied when it was anything else.
std::filesystem::path made_usable(const std::filesystem::path& file, const Schema& schema);

/// The mailboxes of its table `chunk` that are not in the account's mail.db any more.
std::set<MailboxId> deleted_mailboxes(Database& derived, Account& account);

}  // namespace mailstore
