#include "mua/sync/actions.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "mua/sync/folders.hpp"
#include "mua/sync/journal_effects.hpp"
#include "mua/sync/journal_entering.hpp"
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

}  // namespace

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

void Actions::send_now(EntryId entry, std::int64_t now) {
  Transaction transaction(database_, Transaction::Kind::kWrite);
  database_.run(
      "UPDATE journal SET state = 0, not_before = ?, undoable = 0 WHERE id = ? AND state IN (0, 6) "
      "AND action IN (3, 4)",
      now * 1000, entry);
  transaction.commit();
}

}  // namespace mua::sync
