#include "mua/sync/content.hpp"

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <utility>

namespace mua::sync {

using mailstore::Blob;
using mailstore::Database;
using mailstore::Statement;
using mailstore::Transaction;

namespace {

constexpr std::size_t kPieceSize = 256 << 10;

ContentId begin_content(Database& database, std::int64_t now) {
  database.run("INSERT INTO content (made_at) VALUES (?)", now);
  return database.last_insert_id();
}

void put_piece(Database& database, ContentId id, std::uint64_t begin, std::string_view octets) {
  database.run("INSERT INTO content_piece VALUES (?, ?, ?)", id, begin, Blob{octets});
}

/// Unless an entry names it.
void forget(Database& database, ContentId id) {
  database.run(
      "DELETE FROM content_piece WHERE content = ?1 AND NOT EXISTS (SELECT 1 FROM journal WHERE "
      "content = ?1)",
      id);
  database.run(
      "DELETE FROM content WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM journal WHERE content = ?1)",
      id);
}

std::string piece_at(Database& database, ContentId id, std::uint64_t begin) {
  Statement row =
      database.query("SELECT octets FROM content_piece WHERE content = ? AND begin = ?", id, begin);
  if (!row.step()) throw std::runtime_error("the content of a mail is gone from the local store");
  return row.string(0);
}

}  // namespace

ContentWriter::ContentWriter(LocalStore& store, std::int64_t now) : database_(store.database()) {
  Transaction transaction(database_, Transaction::Kind::kUnsynced);
  id_ = begin_content(database_, now);
  transaction.commit();
}

ContentWriter::~ContentWriter() {
  if (finished_) return;
  try {
    Transaction transaction(database_, Transaction::Kind::kUnsynced);
    forget(database_, id_);
    transaction.commit();
  } catch (const std::exception&) {
    // It goes a day later.
  }
}

void ContentWriter::add(std::string_view octets) {
  while (!octets.empty()) {
    const std::string_view taken = octets.substr(0, kPieceSize - piece_.size());
    piece_ += taken;
    octets.remove_prefix(taken.size());
    if (piece_.size() == kPieceSize) put();
  }
}

void ContentWriter::put() {
  Transaction transaction(database_, Transaction::Kind::kUnsynced);
  put_piece(database_, id_, begin_, piece_);
  transaction.commit();
  begin_ += piece_.size();
  piece_.clear();
}

ContentId ContentWriter::finish() {
  if (!piece_.empty()) put();
  finished_ = true;
  return id_;
}

ContentId write_content(LocalStore& store, const mail::PieceSource& source, std::int64_t now) {
  ContentWriter writer(store, now);
  mail::copy_pieces(source, [&writer](std::string_view piece) { writer.add(piece); });
  return writer.finish();
}

ContentId keep_content(Database& database, std::string_view octets, std::int64_t now) {
  if (octets.empty()) return 0;
  const ContentId id = begin_content(database, now);
  for (std::uint64_t begin = 0; begin < octets.size(); begin += kPieceSize) {
    put_piece(database, id, begin, octets.substr(begin, kPieceSize));
  }
  return id;
}

mail::PieceSource content_source(Database& database, ContentId id) {
  const auto size = database.integer(
      "SELECT begin + length(octets) FROM content_piece WHERE content = ? ORDER BY begin DESC "
      "LIMIT 1",
      id);
  const auto octets = static_cast<std::uint64_t>(size.value_or(0));
  const auto open = [&database, id, octets]() -> mail::PieceReader {
    return [&database, id, octets, at = std::uint64_t{0}]() mutable {
      if (at == octets) return std::string();
      std::string piece = piece_at(database, id, at);
      at += piece.size();
      return piece;
    };
  };
  return {open, octets};
}

void drop_content(LocalStore& store, ContentId id) {
  if (id == 0) return;
  Transaction transaction(store.database(), Transaction::Kind::kUnsynced);
  forget(store.database(), id);
  transaction.commit();
}

void release_content(Database& database, EntryId entry) {
  const auto id = database.integer("SELECT content FROM journal WHERE id = ?", entry);
  if (!id) return;
  database.run("UPDATE journal SET content = NULL WHERE id = ?", entry);
  forget(database, *id);
}

void sweep_contents(Database& database, std::int64_t before) {
  constexpr const char* kNobodys =
      "SELECT id FROM content WHERE made_at < ? AND id NOT IN (SELECT content FROM journal WHERE "
      "content IS NOT NULL)";
  database.run(std::string("DELETE FROM content_piece WHERE content IN (") + kNobodys + ")",
               before);
  database.run(std::string("DELETE FROM content WHERE id IN (") + kNobodys + ")", before);
}

}  // namespace mua::sync
