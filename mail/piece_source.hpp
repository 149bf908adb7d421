// Octets that are read piece by piece, as often as they are wanted, so that a large message or file
// is never whole in memory. A source is a value; what it reads from (a file, a store) outlives it.
// What reading throws goes through whoever reads.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace mail {

/// The next piece, "" after the last.
using PieceReader = std::function<std::string()>;
/// Takes what is made piece by piece.
using PieceWriter = std::function<void(std::string_view)>;

struct PieceSource {
  std::function<PieceReader()> open;  ///< a reader that begins at the first octet; empty: no source
  std::uint64_t size = 0;             ///< octets of all pieces together

  explicit operator bool() const { return static_cast<bool>(open); }
};

/// Of octets that are in memory anyway.
PieceSource source_of(std::string octets);
/// `head`, then `rest` without its first `skipped` octets.
PieceSource joined(std::string head, PieceSource rest, std::uint64_t skipped);

/// For what can't be done piece by piece.
std::string read_whole(const PieceSource& source);
/// The header with the empty line that ends it, and nothing of what follows (header_size).
std::string read_header(const PieceSource& source);
void copy_pieces(const PieceSource& source, const PieceWriter& write);

}  // namespace mail
