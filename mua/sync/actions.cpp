#include "mua/sync/actions.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "mua/sync/folders.hpp"
#include "mua/sync/journal_effects.hpp"
#include "mua/sync/message_rows.hpp"
#include "mua/sync/people.hpp"

namespace mua::sync {

using mailstore::Database;
using mailstore::Statement;
using mailstore::Transaction;

namespace {

std::string plural(std::size_t count) {
  return count == 1 ? "1 message" : fmt::format("{} messages", count);
}

std::int64_t next_batch(Database& database) {
  return database.integer("SELECT coalesce(max(batch), 0) + 1 FROM journal").value_or(1);
}

std::string lines_of(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += word + "\n";
  return out;
}

/// Enters it with its messages, and does to the local store what it says.
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

/// The first of a batch of its own.
Entry new_entry(Database& database, Action action, std::int64_t now) {
  Entry entry;
  entry.batch = next_batch(database);
  entry.action = action;
  entry.made_at = now;
  return entry;
}

using ByFolder = std::map<FolderId, std::vector<EntryMessage>>;

/// Messages that are there and for which `wanted(flags)` holds.
template <class Wanted>
ByFolder by_folder(Database& database, std::span<const MessageId> messages, Wanted wanted) {
  ByFolder out;
  for (const MessageId message : messages) {
    Statement row =
        database.query("SELECT folder, uid, flags, keywords FROM message WHERE id = ?", message);
    if (!row.step() || row.integer(0) == 0) continue;
    const mail::FlagSet flags{static_cast<std::uint8_t>(row.integer(2)), split_words(row.text(3))};
    if (!wanted(flags)) continue;
    out[row.integer(0)].push_back({message, static_cast<std::uint32_t>(row.integer(1))});
  }
  return out;
}

std::size_t count_of(const ByFolder& groups) {
  std::size_t count = 0;
  for (const auto& [folder, messages] : groups) count += messages.size();
  return count;
}

std::string flag_label(const std::string& flag, bool set, std::size_t count) {
  if (flag == "\\Seen") return fmt::format("mark {} {}", plural(count), set ? "read" : "unread");
  if (flag == "\\Flagged") return fmt::format("{} {}", set ? "flag" : "unflag", plural(count));
  return fmt::format("{} {} {}", set ? "set" : "clear", flag, plural(count));
}

/// One entry for each folder, all of one batch; the last one's id.
std::optional<EntryId> enter_groups(Database& database, const Entry& pattern,
                                    const ByFolder& groups) {
  std::optional<EntryId> last;
  for (const auto& [folder, messages] : groups) {
    Entry entry = pattern;
    entry.folder = folder;
    last = enter(database, std::move(entry), messages);
  }
  return last;
}

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

/// Those that the server does not have to be told of, because another takes their place.
void drop_untold_drafts(Database& database, FolderId folder, const std::string& message_id) {
  std::vector<EntryId> untold;
  Statement row = database.query(
      "SELECT id FROM journal WHERE action = 4 AND state = 0 AND folder = ? AND message_id = ?",
      folder, message_id);
  while (row.step()) untold.push_back(row.integer(0));
  for (const EntryId id : untold) {
    database.run("UPDATE journal SET state = ? WHERE id = ?", static_cast<int>(EntryState::kUndone),
                 id);
    release_content(database, id);
  }
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

std::optional<EntryId> Actions::flag(std::span<const MessageId> messages, const std::string& flag,
                                     Change change, std::int64_t now) {
  Transaction transaction(database_, Transaction::Kind::kWrite);
  const bool set = change == Change::kSet;
  const ByFolder groups = by_folder(
      database_, messages, [&](mail::FlagSet flags) { return change_flag(flags, flag, set); });
  Entry entry = new_entry(database_, Action::kFlag, now);
  entry.flag = flag;
  entry.set = set;
  entry.label = flag_label(flag, set, count_of(groups));
  const auto entered = enter_groups(database_, entry, groups);
  transaction.commit();
  return entered;
}

std::optional<EntryId> Actions::move(std::span<const MessageId> messages, FolderId target,
                                     std::int64_t now) {
  Transaction transaction(database_, Transaction::Kind::kWrite);
  ByFolder groups = by_folder(database_, messages, [](const mail::FlagSet&) { return true; });
  groups.erase(target);
  const auto folder = Folders(store_).find(target);
  Entry entry = new_entry(database_, Action::kMove, now);
  entry.target = target;
  entry.label = fmt::format("move {} to {}", plural(count_of(groups)), folder ? folder->name : "");
  const auto entered = enter_groups(database_, entry, groups);
  transaction.commit();
  return entered;
}

std::optional<EntryId> Actions::remove(std::span<const MessageId> messages, std::int64_t now) {
  Transaction transaction(database_, Transaction::Kind::kWrite);
  Folders folders(store_);
  const auto found = folders.find(SpecialUse::kTrash);
  const FolderId trash = found ? found->id : folders.require("Trash");
  ByFolder groups = by_folder(database_, messages, [](const mail::FlagSet&) { return true; });
  Entry entry = new_entry(database_, Action::kMove, now);
  entry.label = "delete " + plural(count_of(groups));
  ByFolder for_good;
  if (auto in_trash = groups.extract(trash)) for_good.insert(std::move(in_trash));
  entry.target = trash;
  auto entered = enter_groups(database_, entry, groups);
  entry.action = Action::kExpunge;
  entry.target = 0;
  entry.not_before = now * 1000 + kUndoDelay;
  if (auto last = enter_groups(database_, entry, for_good)) entered = last;
  transaction.commit();
  return entered;
}

EntryId Actions::send(const Outgoing& mail, std::int64_t now) {
  Transaction transaction(database_, Transaction::Kind::kWrite);
  Entry entry = new_entry(database_, Action::kSend, now);
  entry.not_before = now * 1000 + mail.wait.count();
  entry.label = mail.subject;
  entry.message_id = mail.message_id;
  entry.sender = mail.sender;
  entry.recipients = mail.recipients;
  entry.set = mail.taken_back == Outgoing::TakenBack::kDraft;
  entry.answered = mail.answered;
  entry.forwarded = mail.forwarded;
  entry.supersedes = mail.supersedes;
  entry.files_copy = mail.copy == Outgoing::Copy::kIntoSent;
  entry.content = mail.written != 0 ? mail.written : keep_content(database_, mail.content, now);
  const EntryId id = enter(database_, std::move(entry), {});
  if (mail.draft != 0) database_.run("UPDATE draft SET entry = ? WHERE id = ?", id, mail.draft);
  People people(store_);
  for (const std::string& recipient : mail.recipients) {
    if (const auto address = mail::parse_address(recipient)) {
      people.note({"", *address}, People::Met::kWrittenTo, now);
    }
  }
  transaction.commit();
  return id;
}

ContentId Actions::kept(const std::string& content, std::int64_t now) {
  Transaction transaction(database_, Transaction::Kind::kUnsynced);
  const ContentId id = keep_content(database_, content, now);
  transaction.commit();
  return id;
}

EntryId Actions::append(FolderId folder, const mail::FlagSet& flags, const std::string& content,
                        const std::string& message_id, std::int64_t now) {
  return append(folder, flags, kept(content, now), message_id, now);
}

EntryId Actions::append(FolderId folder, const mail::FlagSet& flags, ContentId content,
                        const std::string& message_id, std::int64_t now) {
  Transaction transaction(database_, Transaction::Kind::kWrite);
  Entry entry = new_entry(database_, Action::kAppend, now);
  entry.folder = folder;
  entry.flags = flags;
  entry.message_id = message_id;
  entry.label = "keep a message";
  entry.content = content;
  const EntryId id = enter(database_, std::move(entry), {});
  transaction.commit();
  return id;
}

std::optional<std::int64_t> Actions::undo_time() {
  const auto batch = database_.integer(kLatest);
  if (!batch) return std::nullopt;
  return database_.integer("SELECT max(made_at) FROM journal WHERE batch = ?", *batch);
}

EntryId Actions::keep_draft(FolderId folder, const std::string& content,
                            const std::string& message_id, std::int64_t now) {
  return keep_draft(folder, kept(content, now), message_id, now);
}

EntryId Actions::keep_draft(FolderId folder, ContentId content, const std::string& message_id,
                            std::int64_t now) {
  Transaction transaction(database_, Transaction::Kind::kWrite);
  drop_untold_drafts(database_, folder, message_id);
  Entry entry = new_entry(database_, Action::kAppend, now);
  entry.folder = folder;
  entry.flags = {static_cast<std::uint8_t>(mail::kDraft | mail::kSeen), {}};
  entry.message_id = message_id;
  entry.set = false;
  entry.label = content == 0 ? "remove a draft" : "keep a draft";
  entry.content = content;
  const EntryId id = enter(database_, std::move(entry), {});
  transaction.commit();
  return id;
}

void Actions::drop_draft(FolderId folder, const std::string& message_id, std::int64_t now) {
  keep_draft(folder, ContentId{0}, message_id, now);
}

std::vector<FolderId> Actions::kept_drafts(const std::string& message_id) {
  std::vector<FolderId> out;
  Statement row = database_.query(
      "SELECT DISTINCT folder FROM journal WHERE action = 4 AND is_set = 0 AND message_id = ?",
      message_id);
  while (row.step()) out.push_back(row.integer(0));
  return out;
}

std::optional<std::string> Actions::undo_label() {
  const auto batch = database_.integer(kLatest);
  if (!batch) return std::nullopt;
  Statement row = database_.query(
      "SELECT action, label FROM journal WHERE batch = ? AND undoable = 1 LIMIT 1", *batch);
  if (!row.step()) return std::nullopt;
  const bool is_send = row.integer(0) == static_cast<int>(Action::kSend);
  return (is_send ? "send " : "") + row.string(1);
}

std::optional<std::string> Actions::next_gone(std::int64_t since) {
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

std::optional<Undone> Actions::undo(std::int64_t now) {
  Transaction transaction(database_, Transaction::Kind::kWrite);
  const auto label = undo_label();
  const auto batch = database_.integer(kLatest);
  if (!batch || !label) return std::nullopt;
  Undone undone;
  undone.what = *label;
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

void Actions::send_now(EntryId entry, std::int64_t now) {
  Transaction transaction(database_, Transaction::Kind::kWrite);
  database_.run(
      "UPDATE journal SET state = 0, not_before = ?, undoable = 0 WHERE id = ? AND state IN (0, 6) "
      "AND action IN (3, 4)",
      now * 1000, entry);
  transaction.commit();
}

std::optional<Undone> Actions::take_back(EntryId id, std::int64_t now) {
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
