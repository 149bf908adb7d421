#include "mua/sync/journal_entering.hpp"

#include "mua/sync/journal_effects.hpp"
#include "mua/sync/message_rows.hpp"

namespace mua::sync {

using mailstore::Database;

namespace {

std::int64_t next_batch(Database& database) {
  return database.integer("SELECT coalesce(max(batch), 0) + 1 FROM journal").value_or(1);
}

std::string lines_of(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += word + "\n";
  return out;
}

}  // namespace

Entry new_entry(Database& database, Action action, std::int64_t now) {
  Entry entry;
  entry.batch = next_batch(database);
  entry.action = action;
  entry.made_at = now;
  return entry;
}

EntryId enter(Database& database, Entry entry, const std::vector<EntryMessage>& messages) {
  database.run(
      "INSERT INTO journal (batch, action, state, made_at, not_before, folder, target, flag, "
      "is_set, label, message_id, sender, recipients, flags, answered, forwarded, supersedes, "
      "files_copy, content) VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
      "nullif(?, "
      "0))",
      entry.batch, static_cast<int>(entry.action), entry.made_at, entry.not_before, entry.folder,
      entry.target, entry.flag, entry.set ? 1 : 0, entry.label, entry.message_id, entry.sender,
      lines_of(entry.recipients),
      mail::render_system_flags(entry.flags.system) + " " + stored_keywords(entry.flags.keywords),
      entry.answered, entry.forwarded, entry.supersedes, entry.files_copy ? 1 : 0, entry.content);
  entry.id = database.last_insert_id();
  for (const EntryMessage& each : messages) {
    database.run("INSERT INTO journal_message VALUES (?, ?, ?)", entry.id, each.message, each.uid);
    database.run("UPDATE message SET pending = pending + 1 WHERE id = ?", each.message);
  }
  apply_effect(database, entry);
  return entry.id;
}

}  // namespace mua::sync
