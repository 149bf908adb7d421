#include "mua/sync/folders.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "mail/ascii.hpp"

namespace mua::sync {

using mailstore::Statement;
using mailstore::Transaction;

namespace {

constexpr std::array<std::pair<SpecialUse, std::string_view>, 7> kAttributes{{
    {SpecialUse::kDrafts, "\\Drafts"},
    {SpecialUse::kSent, "\\Sent"},
    {SpecialUse::kArchive, "\\Archive"},
    {SpecialUse::kJunk, "\\Junk"},
    {SpecialUse::kTrash, "\\Trash"},
    {SpecialUse::kAll, "\\All"},
    {SpecialUse::kFlagged, "\\Flagged"},
}};

constexpr std::array<std::pair<SpecialUse, std::string_view>, 14> kNames{{
    {SpecialUse::kDrafts, "Drafts"},
    {SpecialUse::kSent, "Sent"},
    {SpecialUse::kSent, "Sent Items"},
    {SpecialUse::kSent, "Sent Messages"},
    {SpecialUse::kSent, "Sent Mail"},
    {SpecialUse::kArchive, "Archive"},
    {SpecialUse::kArchive, "Archives"},
    {SpecialUse::kJunk, "Junk"},
    {SpecialUse::kJunk, "Spam"},
    {SpecialUse::kJunk, "Junk E-mail"},
    {SpecialUse::kTrash, "Trash"},
    {SpecialUse::kTrash, "Deleted Items"},
    {SpecialUse::kTrash, "Deleted Messages"},
    {SpecialUse::kTrash, "Bin"},
}};

constexpr std::string_view kColumns =
    "id, name, separator, use, selectable, total, unread, cached, cached_unread, lowest, synced_at";

Folder folder_from(const Statement& row) {
  // Below 0 is what went although the server had not counted it yet.
  const auto number = [&](int column) {
    return static_cast<std::uint32_t>(std::max<std::int64_t>(row.integer(column), 0));
  };
  Folder folder;
  folder.id = row.integer(0);
  folder.name = row.string(1);
  folder.separator = row.string(2);
  folder.use = static_cast<SpecialUse>(row.integer(3));
  folder.selectable = row.integer(4) != 0;
  folder.cached = number(7);
  // Once all headers are here the local numbers know of the journal, which STATUS does not.
  const bool all_here = row.integer(9) == 1;
  folder.total = all_here ? folder.cached : std::max(number(5), folder.cached);
  folder.unread = all_here ? number(8) : std::max(number(6), number(8));
  folder.synced_at = row.integer(10);
  return folder;
}

std::optional<Folder> first_of(Statement row) {
  if (!row.step()) return std::nullopt;
  return folder_from(row);
}

}  // namespace

SpecialUse special_use_of(const mail::imap::Mailbox& mailbox) {
  if (mailbox.name == "INBOX") return SpecialUse::kInbox;
  for (const auto& [use, attribute] : kAttributes) {
    if (mailbox.has(attribute)) return use;
  }
  const std::size_t at =
      mailbox.separator.empty() ? std::string::npos : mailbox.name.rfind(mailbox.separator);
  const std::string_view leaf =
      std::string_view(mailbox.name)
          .substr(at == std::string::npos ? 0 : at + mailbox.separator.size());
  for (const auto& [use, name] : kNames) {
    if (mail::same_ignoring_case(leaf, name)) return use;
  }
  return SpecialUse::kNone;
}

std::vector<Folder> Folders::all() {
  std::vector<Folder> out;
  Statement row = database_.query("SELECT " + std::string(kColumns) +
                                  " FROM folder ORDER BY use = 0, use, name COLLATE NOCASE");
  while (row.step()) out.push_back(folder_from(row));
  return out;
}

std::optional<Folder> Folders::find(FolderId id) {
  return first_of(
      database_.query("SELECT " + std::string(kColumns) + " FROM folder WHERE id = ?", id));
}

std::optional<Folder> Folders::find(std::string_view name) {
  return first_of(
      database_.query("SELECT " + std::string(kColumns) + " FROM folder WHERE name = ?", name));
}

// Where several claim a use the attribute's folder came first into the table, or has the shorter
// name.
std::optional<Folder> Folders::find(SpecialUse use) {
  return first_of(
      database_.query("SELECT " + std::string(kColumns) +
                          " FROM folder WHERE use = ? ORDER BY length(name), id LIMIT 1",
                      static_cast<int>(use)));
}

bool Folders::replace(const std::vector<mail::imap::Mailbox>& listed) {
  Transaction transaction(database_, Transaction::Kind::kUnsynced);
  std::int64_t changed = 0;
  std::set<std::string> names;
  std::set<SpecialUse> said;
  for (const auto& mailbox : listed) {
    for (const auto& [use, attribute] : kAttributes) {
      if (mailbox.has(attribute)) said.insert(use);
    }
  }
  for (const mail::imap::Mailbox& mailbox : listed) {
    if (mailbox.has("\\NonExistent")) continue;
    names.insert(mailbox.name);
    SpecialUse use = special_use_of(mailbox);
    // A name is a guess: it counts only where nothing says better.
    const bool by_attribute =
        std::any_of(kAttributes.begin(), kAttributes.end(),
                    [&](const auto& a) { return a.first == use && mailbox.has(a.second); });
    if (said.contains(use) && !by_attribute) use = SpecialUse::kNone;
    const int selectable = mailbox.has("\\Noselect") ? 0 : 1;
    changed += database_.run(
        "INSERT INTO folder (name, separator, use, selectable) VALUES (?1, ?2, ?3, ?4) ON CONFLICT "
        "(name) DO UPDATE SET separator = ?2, use = ?3, selectable = ?4 WHERE separator <> ?2 OR "
        "use <> ?3 OR selectable <> ?4",
        mailbox.name, mailbox.separator, static_cast<int>(use), selectable);
  }
  std::vector<FolderId> gone;
  for (Statement row = database_.query("SELECT id, name FROM folder"); row.step();) {
    if (!names.contains(row.string(1))) gone.push_back(row.integer(0));
  }
  for (const FolderId folder : gone) {
    database_.run("DELETE FROM message WHERE folder = ?", folder);
    changed += database_.run("DELETE FROM folder WHERE id = ?", folder);
  }
  transaction.commit();
  return changed > 0;
}

FolderId Folders::require(std::string_view name) {
  database_.run("INSERT INTO folder (name, use) VALUES (?, ?) ON CONFLICT DO NOTHING", name,
                static_cast<int>(special_use_of({std::string(name), "", {}})));
  return find(name)->id;
}

SyncPoint Folders::sync_point(FolderId folder) {
  Statement row = database_.query(
      "SELECT uid_validity, uid_next, modseq, lowest FROM folder WHERE id = ?", folder);
  if (!row.step()) return {};
  return {static_cast<std::uint32_t>(row.integer(0)), static_cast<std::uint32_t>(row.integer(1)),
          static_cast<std::uint64_t>(row.integer(2)), static_cast<std::uint32_t>(row.integer(3))};
}

void Folders::set_sync_point(FolderId folder, const SyncPoint& point) {
  database_.run(
      "UPDATE folder SET uid_validity = ?, uid_next = ?, modseq = ?, lowest = ? WHERE id = ?",
      point.uid_validity, point.uid_next, point.modseq, point.lowest, folder);
}

bool Folders::set_counts(FolderId folder, const FolderCounts& counts) {
  return database_.run(
             "UPDATE folder SET total = ?1, unread = ?2 WHERE id = ?3 AND (total <> ?1 OR unread "
             "<> ?2)",
             counts.total, counts.unread, folder) > 0;
}

void Folders::set_synced(FolderId folder, std::int64_t now) {
  database_.run("UPDATE folder SET synced_at = ? WHERE id = ?", now, folder);
}

}  // namespace mua::sync
