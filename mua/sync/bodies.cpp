#include "mua/sync/bodies.hpp"

#include "mua/parts.hpp"
#include "mua/sync/structure_json.hpp"
#include "mua/sync/text_index.hpp"

namespace mua::sync {

using mail::imap::BodyPart;
using mailstore::Statement;
using mailstore::Transaction;

std::optional<BodyPart> Bodies::structure(MessageId message) {
  Statement row = database_.query("SELECT structure FROM body WHERE message = ?", message);
  if (!row.step()) return std::nullopt;
  return read_structure_json(row.text(0));
}

bool Bodies::has(MessageId message, std::string_view number) {
  return database_
      .integer("SELECT 1 FROM part WHERE message = ? AND number = ? AND last = 1", message, number)
      .has_value();
}

bool Bodies::each_piece(MessageId message, std::string_view number,
                        const std::function<void(std::string_view)>& take) {
  if (!has(message, number)) return false;
  Statement row = database_.query(
      "SELECT octets FROM part WHERE message = ? AND number = ? ORDER BY begin", message, number);
  while (row.step()) take(row.text(0));
  return true;
}

std::optional<std::string> Bodies::octets(MessageId message, std::string_view number) {
  std::string out;
  if (!each_piece(message, number, [&](std::string_view piece) { out += piece; })) {
    return std::nullopt;
  }
  return out;
}

mail::PieceSource Bodies::source(MessageId message, std::string number) {
  const std::uint64_t size = kept(message, number);
  const auto open = [&database = database_, message, number = std::move(number)] {
    return [&database, message, number, at = std::uint64_t{0}]() mutable {
      Statement row =
          database.query("SELECT octets FROM part WHERE message = ? AND number = ? AND begin = ?",
                         message, number, at);
      std::string piece = row.step() ? row.string(0) : std::string();
      at += piece.size();
      return piece;
    };
  };
  return {open, size};
}

bool Bodies::readable(MessageId message) {
  const auto whole = structure(message);
  if (!whole) return false;
  for (const BodyPart* part : plan_reading(*whole).needed()) {
    if (!has(message, part->number)) return false;
  }
  return true;
}

std::optional<std::string> Bodies::text(MessageId message) {
  const auto whole = structure(message);
  if (!whole) return std::nullopt;
  std::string out;
  for (const BodyPart* part : plan_reading(*whole).texts) {
    const auto read = octets(message, part->number);
    if (!read) return std::nullopt;
    if (!out.empty()) out += "\n";
    out += part_text(*part, *read);
    if (!out.empty() && out.back() != '\n') out += "\n";
  }
  return out;
}

void Bodies::keep_structure(MessageId message, const BodyPart& structure) {
  database_.run("INSERT INTO body (message, structure) VALUES (?, ?) ON CONFLICT DO NOTHING",
                message, structure_json(structure));
  database_.run("UPDATE message SET attachment = ? WHERE id = ?",
                plan_reading(structure).attachments.empty() ? 0 : 1, message);
}

std::uint64_t Bodies::kept(MessageId message, std::string_view number) {
  const auto octets = database_.integer(
      "SELECT max(begin + length(octets)) FROM part WHERE message = ? AND number = ?", message,
      number);
  return static_cast<std::uint64_t>(octets.value_or(0));
}

void Bodies::append(MessageId message, std::string_view number, std::string_view octets,
                    Piece piece) {
  database_.run(
      "INSERT INTO part VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET last = "
      "excluded.last, octets = excluded.octets",
      message, number, kept(message, number), piece == Piece::kLast ? 1 : 0,
      mailstore::Blob{octets});
}

void Bodies::index_text(MessageId message) {
  const auto indexed = database_.integer("SELECT indexed FROM body WHERE message = ?", message);
  if (indexed != 0) return;
  const auto read = text(message);
  if (!read) return;
  index_body(database_, message, *read);
  database_.run("UPDATE body SET indexed = 1 WHERE message = ?", message);
}

}  // namespace mua::sync
