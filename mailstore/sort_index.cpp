#include "mailstore/sort_index.hpp"

#include <algorithm>

#include "mailstore/derived_file.hpp"

namespace mailstore {

namespace {

constexpr int kSortCacheKib = 1024;
constexpr std::int64_t kSortColumnsOfChunk = 16;  // room for more than there are
constexpr std::size_t kTextsOfRun = 128;

std::filesystem::path sort_file(const std::filesystem::path& folder) { return folder / "sort.db"; }

std::int64_t packed_id(const SortIndex::Chunk& chunk, int column) {
  return chunk.id * kSortColumnsOfChunk + column;
}

}  // namespace

SortIndex::SortIndex(const std::filesystem::path& account_folder)
    : database_(made_usable(sort_file(account_folder), sort_schema()), Database::Mode::kCreate,
                kSortCacheKib) {
  Statement row = database_.query("SELECT octets FROM secret");
  if (row.step()) secret_ = row.string(0);
}

bool SortIndex::exists(const std::filesystem::path& account_folder) {
  return std::filesystem::exists(sort_file(account_folder));
}

std::vector<SortIndex::Chunk> SortIndex::chunks(Account& account, MailboxId mailbox,
                                                const MailboxView& view) {
  std::vector<Chunk> chunks;
  bool current = true;
  for (Statement row = database_.query(
           "SELECT id, first_uid, last_uid, messages, content, uid_validity FROM chunk "
           "WHERE mailbox = ? ORDER BY first_uid",
           mailbox);
       row.step();) {
    chunks.push_back({row.integer(0), static_cast<Uid>(row.integer(1)),
                      static_cast<Uid>(row.integer(2)), static_cast<std::uint32_t>(row.integer(3)),
                      row.integer(4)});
    current = current && row.integer(5) == view.uid_validity;
  }
  current = current && std::all_of(chunks.begin(), chunks.end(), [&](const Chunk& chunk) {
              return is_current(account, mailbox, view, chunk);
            });
  if (!current) {
    forget(mailbox);
    chunks.clear();
  }
  return chunks;
}

/// UIDs are given anew only by a mail.db that was put back from a backup.
bool SortIndex::is_current(Account& account, MailboxId mailbox, const MailboxView& view,
                           const Chunk& chunk) const {
  // The view may be older than the chunk, the store is not.
  Database& mail = account.database();
  if (chunk.last >= view.uid_next) {
    const auto next = mail.integer("SELECT uid_next FROM mailbox WHERE id = ?", mailbox);
    if (next && chunk.last >= *next) return false;
  }
  const auto content = mail.integer("SELECT content FROM message WHERE mailbox = ? AND uid = ?",
                                    mailbox, chunk.last);
  return content.value_or(chunk.content) == chunk.content;
}

bool SortIndex::read(const Chunk& chunk, SortColumn column,
                     const std::function<void(std::string_view)>& each) {
  Statement row = database_.query("SELECT octets FROM packed WHERE id = ?",
                                  packed_id(chunk, static_cast<int>(column)));
  if (!row.step()) return false;
  each(row.text(0));
  return true;
}

void SortIndex::add(MailboxId mailbox, std::uint32_t uid_validity, const Chunk& chunk,
                    const ChunkWriter& columns) {
  Transaction transaction(database_, Transaction::Kind::kUnsynced);
  const auto last = database_.integer("SELECT max(last_uid) FROM chunk WHERE mailbox = ?", mailbox);
  if (last.value_or(0) >= chunk.first) return;
  Chunk added = chunk;
  database_.run(
      "INSERT INTO chunk (mailbox, uid_validity, first_uid, last_uid, messages, content) "
      "VALUES (?, ?, ?, ?, ?, ?)",
      mailbox, uid_validity, chunk.first, chunk.last, columns.messages(), chunk.content);
  added.id = database_.last_insert_id();
  for (int column = 0; column < kSortColumns; ++column)
    database_.run("INSERT INTO packed VALUES (?, ?)", packed_id(added, column),
                  Blob{columns.column(column)});
  transaction.commit();
}

void SortIndex::forget(MailboxId mailbox) {
  Transaction transaction(database_, Transaction::Kind::kUnsynced);
  database_.run("DELETE FROM packed WHERE id / ? IN (SELECT id FROM chunk WHERE mailbox = ?)",
                kSortColumnsOfChunk, mailbox);
  for (const char* table : {"chunk", "ranks", "ranked_text"})
    database_.run(std::string("DELETE FROM ") + table + " WHERE mailbox = ?", mailbox);
  transaction.commit();
}

void SortIndex::forget_deleted(Account& account) {
  for (const MailboxId mailbox : deleted_mailboxes(database_, account)) forget(mailbox);
}

std::vector<std::uint32_t> SortIndex::ranks(MailboxId mailbox, SortColumn column) {
  std::vector<std::uint32_t> ranks;
  Statement row = database_.query("SELECT octets FROM ranks WHERE mailbox = ? AND kind = ?",
                                  mailbox, static_cast<int>(column));
  if (!row.step()) return ranks;
  ColumnReader reader(row.text(0));
  ranks.reserve(row.text(0).size() / 4);
  while (!reader.at_end()) ranks.push_back(reader.uid());
  return ranks;
}

void SortIndex::save_ranks(MailboxId mailbox, SortColumn column, const TextOrder& order,
                           const std::vector<std::string_view>& texts) {
  const int kind = static_cast<int>(column);
  std::string octets;
  octets.reserve(4 * order.ranks.size());
  for (const std::uint32_t rank : order.ranks) append_little_endian(octets, rank, 4);
  Transaction transaction(database_, Transaction::Kind::kUnsynced);
  database_.run("INSERT OR REPLACE INTO ranks VALUES (?, ?, ?, ?)", mailbox, kind,
                order.ranks.size(), Blob{octets});
  database_.run("DELETE FROM ranked_text WHERE mailbox = ? AND kind = ?", mailbox, kind);
  for (std::size_t begin = 0; begin < order.first.size(); begin += kTextsOfRun) {
    const std::size_t end = std::min(begin + kTextsOfRun, order.first.size());
    octets.clear();
    for (std::size_t rank = begin; rank < end; ++rank)
      append_packed_text(octets, texts[order.first[rank]]);
    database_.run("INSERT INTO ranked_text VALUES (?, ?, ?, ?, ?)", mailbox, kind,
                  Blob{texts[order.first[begin]]}, begin, Blob{octets});
  }
  transaction.commit();
}

SortIndex::Place SortIndex::place_of(MailboxId mailbox, SortColumn column, std::string_view text) {
  Statement row = database_.query(
      "SELECT rank, octets FROM ranked_text WHERE mailbox = ? AND kind = ? AND first <= ? "
      "ORDER BY first DESC LIMIT 1",
      mailbox, static_cast<int>(column), Blob{text});
  Place place;
  if (!row.step()) return place;
  place.rank = static_cast<std::uint32_t>(row.integer(0));
  for (ColumnReader reader(row.text(1)); !reader.at_end(); ++place.rank) {
    const std::string_view known = reader.text();
    place.is_there = known == text;
    if (known >= text) break;
  }
  return place;
}

}  // namespace mailstore
