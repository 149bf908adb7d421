#include "mailstore/mailbox_row.hpp"

#include <algorithm>
#include <ctime>

#include "mail/flags.hpp"
#include "mailstore/change_feed.hpp"
#include "mailstore/state_blocks.hpp"

namespace mailstore {

void MailboxRow::count(Uid uid, FlagBits flags, std::int64_t octets, int times) {
  messages += times;
  size += times * octets;
  if (uid >= first_recent) recent += times;
  if ((flags & mail::kSeen) == 0) unseen += times;
  if ((flags & mail::kDeleted) != 0) deleted += times;
}

std::optional<MailboxRow> load_mailbox(Database& database, MailboxId mailbox) {
  Statement row = database.query(
      "SELECT uid_validity, uid_next, mod_seq, first_recent, messages, recent, unseen, deleted, "
      "size FROM mailbox WHERE id = ? AND selectable",
      mailbox);
  if (!row.step()) return std::nullopt;
  return MailboxRow{.id = mailbox,
                    .uid_validity = static_cast<std::uint32_t>(row.integer(0)),
                    .uid_next = static_cast<Uid>(row.integer(1)),
                    .mod_seq = static_cast<ModSeq>(row.integer(2)),
                    .first_recent = static_cast<Uid>(row.integer(3)),
                    .messages = row.integer(4),
                    .recent = row.integer(5),
                    .unseen = row.integer(6),
                    .deleted = row.integer(7),
                    .size = row.integer(8)};
}

void save_mailbox(Database& database, MailboxRow& row) {
  database.run(
      "UPDATE mailbox SET uid_next = ?, mod_seq = ?, first_recent = ?, messages = ?, recent = ?, "
      "unseen = ?, deleted = ?, size = ? WHERE id = ?",
      row.uid_next, row.mod_seq, row.first_recent, row.messages, row.recent, row.unseen,
      row.deleted, row.size, row.id);
  append_states(database, row.id, row.arrived);
  row.arrived.clear();
}

std::uint32_t next_uid_validity(Database& database) {
  const std::int64_t last = database.integer("SELECT last_uid_validity FROM counter").value_or(0);
  const std::int64_t next = std::max<std::int64_t>(last + 1, std::time(nullptr));
  database.run("UPDATE counter SET last_uid_validity = ?", next);
  return static_cast<std::uint32_t>(next);
}

MailboxId insert_mailbox(Database& database, std::string_view name, std::string_view special_use) {
  database.run("INSERT INTO mailbox (name, special_use, uid_validity) VALUES (?, ?, ?)", name,
               special_use, next_uid_validity(database));
  return database.last_insert_id();
}

void ring(Account& account, MailboxId mailbox, ModSeq mod_seq) {
  if (account.feed() != nullptr) account.feed()->ring({account.id(), mailbox, mod_seq});
}

}  // namespace mailstore
