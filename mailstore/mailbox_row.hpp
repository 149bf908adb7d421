// A mailbox's row as transactions change it: load, count in memory, save. Private to the room.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "mailstore/account.hpp"
#include "mailstore/messages.hpp"
#include "mailstore/sqlite.hpp"

namespace mailstore {

struct MailboxRow {
  MailboxId id = 0;
  std::uint32_t uid_validity = 0;
  Uid uid_next = 1;
  ModSeq mod_seq = 1;
  Uid first_recent = 1;
  std::int64_t messages = 0;
  std::int64_t recent = 0;
  std::int64_t unseen = 0;
  std::int64_t deleted = 0;
  std::int64_t size = 0;
  std::vector<MessageState> arrived{};  ///< put in since it was loaded or saved

  /// Counts a message in (`times` 1) or out (-1).
  void count(Uid uid, FlagBits flags, std::int64_t octets, int times);
};

/// nullopt when it is gone or only a name (\Noselect).
std::optional<MailboxRow> load_mailbox(Database& database, MailboxId mailbox);
/// The states of what arrived are written with it.
void save_mailbox(Database& database, MailboxRow& row);

/// A new, empty mailbox with a UIDVALIDITY that no mailbox of the account ever had.
MailboxId insert_mailbox(Database& database, std::string_view name, std::string_view special_use);
/// Such a UIDVALIDITY: the time in seconds, or more when that one was given already.
std::uint32_t next_uid_validity(Database& database);

/// Tells the other sessions, when the account has a feed; call it after the commit.
void ring(Account& account, MailboxId mailbox, ModSeq mod_seq);

}  // namespace mailstore
