#include "mua/sync/undo.hpp"

#include <fmt/format.h>

#include <utility>

#include "mua/sync/journal_effects.hpp"
#include "mua/sync/journal_entering.hpp"

namespace mua::sync {

using mailstore::Database;
using mailstore::Statement;
using mailstore::Transaction;

namespace {

void put_back_draft(Database& database, const Entry& entry, std::int64_t now) {
  if (database.run("UPDATE draft SET entry = NULL WHERE entry = ?", entry.id) > 0) return;
  // It was sent without a draft: the mail itself is one now.
  database.run("INSERT INTO draft (saved_at, content) VALUES (?, ?)", now,
               mail::read_whole(content_source(database, entry.content)));
}

std::optional<DraftId> draft_of(Database& database, const Entry& entry, std::int64_t now) {
  if (!entry.set) return std::nullopt;
  const auto kept = database.integer("SELECT id FROM draft WHERE entry = ?", entry.id);
  put_back_draft(database, entry, now);
  return kept ? kept : std::optional<DraftId>(database.last_insert_id());
}

/// The folder in which it leaves its messages; 0 is that of what is removed for good.
FolderId left_in(const Entry& entry) {
  return entry.action == Action::kFlag ? entry.folder : entry.target;
}

/// Those of its messages that are still in that folder.
std::vector<EntryMessage> still_in(Database& database, EntryId entry, FolderId folder) {
  std::vector<EntryMessage> out;
  Statement row = database.query(
      "SELECT m.id, m.uid FROM message AS m JOIN journal_message AS j ON j.message = m.id WHERE "
      "j.entry = ? AND m.folder = ?",
      entry, folder);
  while (row.step()) out.push_back({row.integer(0), static_cast<std::uint32_t>(row.integer(1))});
  return out;
}

void undo_waiting(Database& database, const Entry& entry) {
  revert_effect(database, entry);
  database.run("UPDATE journal SET state = ?, undoable = 0 WHERE id = ?",
               static_cast<int>(EntryState::kUndone), entry.id);
  release_content(database, entry.id);
  if (entry.state != EntryState::kFailed) {
    database.run(
        "UPDATE message SET pending = max(pending - 1, 0) WHERE id IN (SELECT message FROM "
        "journal_message WHERE entry = ?)",
        entry.id);
  }
}

/// The opposite of what was done, for `messages`, which are where it left them.
void enter_inverse(Database& database, const Entry& entry,
                   const std::vector<EntryMessage>& messages, const Entry& pattern) {
  database.run("UPDATE journal SET undoable = 0 WHERE id = ?", entry.id);
  if (messages.empty()) return;
  Entry inverse = pattern;
  inverse.action = entry.action;
  inverse.folder = left_in(entry);
  inverse.target = entry.folder;
  inverse.flag = entry.flag;
  inverse.set = !entry.set;
  inverse.label = "undo: " + entry.label;
  database.run("UPDATE journal SET undoable = 0 WHERE id = ?",
               enter(database, std::move(inverse), messages));
}

/// The latest batch that undo can do something about: of a mail only what waits.
constexpr const char* kLatest =
    "SELECT batch FROM journal WHERE undoable = 1 AND ((action IN (0, 1) AND state IN (0, 1, 5)) "
    "OR (action IN (2, 3) AND state = 0)) ORDER BY batch DESC LIMIT 1";

}  // namespace

std::string undone_text(const Undone& undone) {
  if (undone.stayed == 0) return "taken back: " + undone.what;
  if (undone.nothing())
    return fmt::format("{} can't be taken back: moved or gone since", undone.what);
  return fmt::format("taken back: {}, but for {} moved or gone since", undone.what, undone.stayed);
}

std::optional<Undone> Undo::take_back_latest(std::int64_t now) {
  Transaction transaction(database_, Transaction::Kind::kWrite);
  const auto what = label();
  const auto batch = database_.integer(kLatest);
  if (!batch || !what) return std::nullopt;
  Undone undone;
  undone.what = *what;
  std::vector<EntryId> entries;
  {
    Statement row = database_.query(
        "SELECT id FROM journal WHERE batch = ? AND undoable = 1 ORDER BY id DESC", *batch);
    while (row.step()) entries.push_back(row.integer(0));
  }
  Journal journal(store_);
  const Entry pattern = new_entry(database_, Action::kFlag, now);
  for (const EntryId id : entries) {
    const auto entry = journal.find(id);
    undone.action = entry->action;
    const auto messages = still_in(database_, id, left_in(*entry));
    for (const EntryMessage& each : messages) undone.messages.push_back(each.message);
    undone.stayed += journal.messages(id).size() - messages.size();
    if (entry->state == EntryState::kWaiting) {
      if (entry->action == Action::kSend) undone.draft = draft_of(database_, *entry, now);
      undo_waiting(database_, *entry);
    } else {
      enter_inverse(database_, *entry, messages, pattern);
    }
  }
  transaction.commit();
  return undone;
}

std::optional<std::int64_t> Undo::time() {
  const auto batch = database_.integer(kLatest);
  if (!batch) return std::nullopt;
  return database_.integer("SELECT max(made_at) FROM journal WHERE batch = ?", *batch);
}

std::optional<std::string> Undo::label() {
  const auto batch = database_.integer(kLatest);
  if (!batch) return std::nullopt;
  Statement row = database_.query(
      "SELECT action, label FROM journal WHERE batch = ? AND undoable = 1 LIMIT 1", *batch);
  if (!row.step()) return std::nullopt;
  const bool is_send = row.integer(0) == static_cast<int>(Action::kSend);
  return (is_send ? "send " : "") + row.string(1);
}

std::optional<std::string> Undo::next_gone(std::int64_t since) {
  Transaction transaction(database_, Transaction::Kind::kWrite);
  std::string subject;
  {
    Statement row = database_.query(
        "SELECT label FROM journal WHERE action = 3 AND undoable = 1 AND state BETWEEN 1 AND 5 AND "
        "made_at >= ? AND batch > ? ORDER BY batch DESC LIMIT 1",
        since, database_.integer(kLatest).value_or(0));
    if (!row.step()) return std::nullopt;
    subject = row.string(0);
  }
  database_.run(
      "UPDATE journal SET undoable = 0 WHERE action = 3 AND undoable = 1 AND state BETWEEN 1 AND "
      "5");
  transaction.commit();
  return subject;
}

std::optional<Undone> Undo::take_back(EntryId id, std::int64_t now) {
  Transaction transaction(database_, Transaction::Kind::kWrite);
  const auto entry = Journal(store_).find(id);
  const bool can =
      entry && entry->action == Action::kSend && may_move(entry->state, EntryState::kUndone);
  if (!can) return std::nullopt;
  Undone undone;
  undone.what = "send " + entry->label;
  undone.action = Action::kSend;
  undone.draft = draft_of(database_, *entry, now);
  undo_waiting(database_, *entry);
  transaction.commit();
  return undone;
}

}  // namespace mua::sync
