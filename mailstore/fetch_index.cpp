#include "mailstore/fetch_index.hpp"

#include <algorithm>
#include <string>

#include "mailstore/derived_file.hpp"

namespace mailstore {

namespace {

constexpr int kFetchCacheKib = 512;
constexpr std::int64_t kFetchColumnsOfChunk = 8;  // room for more than there are

std::filesystem::path fetch_file(const std::filesystem::path& folder) {
  return folder / "fetch.db";
}

std::int64_t packed_id(std::int64_t chunk, FetchColumn column) {
  return chunk * kFetchColumnsOfChunk + static_cast<std::int64_t>(column);
}

std::optional<std::string> packed(Database& database, std::int64_t chunk, FetchColumn column) {
  Statement row =
      database.query("SELECT octets FROM packed WHERE id = ?", packed_id(chunk, column));
  if (!row.step()) return std::nullopt;
  return row.string(0);
}

void remove_chunk(Database& database, std::int64_t chunk) {
  database.run("DELETE FROM chunk WHERE id = ?", chunk);
  database.run("DELETE FROM packed WHERE id BETWEEN ? AND ?", chunk * kFetchColumnsOfChunk,
               (chunk + 1) * kFetchColumnsOfChunk - 1);
}

}  // namespace

FetchIndex::FetchIndex(const std::filesystem::path& account_folder)
    : database_(made_usable(fetch_file(account_folder), fetch_schema()), Database::Mode::kCreate,
                kFetchCacheKib) {}

bool FetchIndex::exists(const std::filesystem::path& account_folder) {
  return std::filesystem::exists(fetch_file(account_folder));
}

std::vector<FetchIndex::Chunk> FetchIndex::chunks(MailboxId mailbox, std::uint32_t uid_validity) {
  std::vector<Chunk> chunks;
  bool current = true;
  for (Statement row =
           database_.query("SELECT id, first_uid, last_uid, messages, uid_validity FROM chunk "
                           "WHERE mailbox = ? ORDER BY first_uid",
                           mailbox);
       row.step();) {
    chunks.push_back({row.integer(0), static_cast<Uid>(row.integer(1)),
                      static_cast<Uid>(row.integer(2)),
                      static_cast<std::uint32_t>(row.integer(3))});
    current = current && row.integer(4) == uid_validity;
  }
  if (current) return chunks;
  forget(mailbox);
  return {};
}

std::optional<FetchChunk> FetchIndex::read(Account& account, MailboxId mailbox, const Chunk& chunk,
                                           Columns columns) {
  std::optional<FetchChunk> found = load(chunk, columns);
  if (found && is_current(account, mailbox, *found)) return found;
  forget(mailbox);
  return std::nullopt;
}

std::optional<FetchChunk> FetchIndex::load(const Chunk& chunk, Columns columns) {
  Transaction snapshot(database_, Transaction::Kind::kRead);
  FetchChunk found;
  auto numbers = packed(database_, chunk.id, FetchColumn::kNumbers);
  if (!numbers || !found.take_numbers(std::move(*numbers), chunk.messages)) return std::nullopt;
  const auto take = [&](FetchColumn which) {
    auto texts = packed(database_, chunk.id, which);
    return texts && found.take_texts(which, std::move(*texts));
  };
  if (columns.envelope && !take(FetchColumn::kEnvelope)) return std::nullopt;
  if (columns.body_structure && !take(FetchColumn::kBodyStructure)) return std::nullopt;
  return found;
}

/// UIDs and contents are given anew only by a mail.db that was put back from a backup. Then its
/// last message up to here is either older than the backup, and so is all that is left of the
/// chunk, or it is another one than was packed.
bool FetchIndex::is_current(Account& account, MailboxId mailbox, const FetchChunk& chunk) const {
  Statement row = account.database().query(
      "SELECT uid, content, save_date, size FROM message WHERE mailbox = ? AND uid <= ? "
      "ORDER BY uid DESC LIMIT 1",
      mailbox, chunk.uid(chunk.size() - 1));
  if (!row.step() || row.integer(0) < chunk.uid(0)) return true;
  for (std::size_t i = chunk.size(); i-- > 0 && chunk.uid(i) >= row.integer(0);) {
    if (chunk.uid(i) > row.integer(0)) continue;
    const StoredMessage packed = chunk.message(i);
    return packed.content_id == row.integer(1) && packed.save_date == row.integer(2) &&
           packed.size == static_cast<std::uint64_t>(row.integer(3));
  }
  return false;
}

void FetchIndex::add(MailboxId mailbox, std::uint32_t uid_validity,
                     const FetchChunkWriter& columns) {
  Transaction transaction(database_, Transaction::Kind::kUnsynced);
  const auto overlapping = database_.integer(
      "SELECT 1 FROM chunk WHERE mailbox = ? AND first_uid <= ? AND last_uid >= ?", mailbox,
      columns.last(), columns.first());
  if (overlapping) return;
  database_.run(
      "INSERT INTO chunk (mailbox, uid_validity, first_uid, last_uid, messages) "
      "VALUES (?, ?, ?, ?, ?)",
      mailbox, uid_validity, columns.first(), columns.last(), columns.messages());
  const std::int64_t id = database_.last_insert_id();
  for (const FetchColumn column :
       {FetchColumn::kNumbers, FetchColumn::kEnvelope, FetchColumn::kBodyStructure})
    database_.run("INSERT INTO packed VALUES (?, ?)", packed_id(id, column),
                  Blob{columns.column(column)});
  transaction.commit();
}

void FetchIndex::remove(const std::vector<Chunk>& chunks) {
  if (chunks.empty()) return;
  Transaction transaction(database_, Transaction::Kind::kUnsynced);
  for (const Chunk& chunk : chunks) remove_chunk(database_, chunk.id);
  transaction.commit();
}

void FetchIndex::forget(MailboxId mailbox) {
  std::vector<Chunk> all;
  for (Statement row = database_.query("SELECT id FROM chunk WHERE mailbox = ?", mailbox);
       row.step();)
    all.push_back({.id = row.integer(0), .first = 0, .last = 0, .messages = 0});
  remove(all);
}

void FetchIndex::forget_deleted(Account& account) {
  for (const MailboxId mailbox : deleted_mailboxes(database_, account)) forget(mailbox);
}

}  // namespace mailstore
