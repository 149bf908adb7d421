#include "mua/sync/journal_effects.hpp"

#include <algorithm>

#include "mail/ascii.hpp"
#include "mua/sync/message_rows.hpp"

namespace mua::sync {

using mailstore::Database;
using mailstore::Statement;

namespace {

enum class Direction { kApply, kRevert };

std::vector<EntryMessage> messages_of(Database& database, EntryId entry) {
  std::vector<EntryMessage> out;
  Statement row = database.query("SELECT message, uid FROM journal_message WHERE entry = ?", entry);
  while (row.step()) out.push_back({row.integer(0), static_cast<std::uint32_t>(row.integer(1))});
  return out;
}

void write_flag(Database& database, MessageId message, const std::string& flag, bool set) {
  mail::FlagSet flags;
  {
    Statement row = database.query("SELECT flags, keywords FROM message WHERE id = ?", message);
    if (!row.step()) return;
    flags = {static_cast<std::uint8_t>(row.integer(0)), split_words(row.text(1))};
  }
  if (!change_flag(flags, flag, set)) return;
  database.run("UPDATE message SET flags = ?, keywords = ? WHERE id = ?", flags.system,
               stored_keywords(flags.keywords), message);
}

void carry_out(Database& database, const Entry& entry, Direction direction) {
  const bool apply = direction == Direction::kApply;
  for (const EntryMessage& each : messages_of(database, entry.id)) {
    if (entry.action == Action::kFlag) {
      write_flag(database, each.message, entry.flag, entry.set == apply);
    } else if (apply) {  // a folder of number 0 shows nothing: what is removed for good is there
      database.run("UPDATE message SET folder = ?, uid = 0 WHERE id = ?", entry.target,
                   each.message);
    } else {
      // A look at the folder may have brought it back under a new number: this one is older.
      database.run("DELETE FROM message WHERE folder = ? AND uid = ? AND uid > 0 AND id <> ?",
                   entry.folder, each.uid, each.message);
      database.run("UPDATE message SET folder = ?, uid = ? WHERE id = ?", entry.folder, each.uid,
                   each.message);
    }
  }
}

bool has_messages(const Entry& entry) {
  return entry.action == Action::kFlag || entry.action == Action::kMove ||
         entry.action == Action::kExpunge;
}

}  // namespace

bool change_flag(mail::FlagSet& flags, const std::string& flag, bool set) {
  if (const auto system = mail::parse_system_flag(flag)) {
    const auto before = flags.system;
    flags.system = static_cast<std::uint8_t>(set ? before | *system : before & ~*system);
    return flags.system != before;
  }
  const auto found =
      std::find_if(flags.keywords.begin(), flags.keywords.end(),
                   [&](const std::string& k) { return mail::same_ignoring_case(k, flag); });
  if (set == (found != flags.keywords.end())) return false;
  if (set) {
    flags.keywords.push_back(flag);
  } else {
    flags.keywords.erase(found);
  }
  return true;
}

void apply_effect(Database& database, const Entry& entry) {
  if (has_messages(entry)) carry_out(database, entry, Direction::kApply);
}

void revert_effect(Database& database, const Entry& entry) {
  if (has_messages(entry)) carry_out(database, entry, Direction::kRevert);
}

void apply_unfinished_flags(Database& database, MessageId message, mail::FlagSet& flags) {
  Statement row = database.query(
      "SELECT flag, is_set FROM journal_message JOIN journal ON id = entry WHERE message = ? AND "
      "action = 0 AND state NOT IN (5, 6, 7) ORDER BY entry",
      message);
  while (row.step()) change_flag(flags, row.string(0), row.integer(1) != 0);
}

}  // namespace mua::sync
