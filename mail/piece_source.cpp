#include "mail/piece_source.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "mail/header.hpp"

namespace mail {

namespace {

constexpr std::size_t kMemoryPiece = 64 << 10;

PieceReader read_memory(std::shared_ptr<const std::string> octets) {
  return [octets = std::move(octets), at = std::size_t{0}]() mutable {
    std::string piece = octets->substr(at, kMemoryPiece);
    at += piece.size();
    return piece;
  };
}

PieceReader read_joined(std::shared_ptr<const std::string> head, PieceReader rest,
                        std::uint64_t skipped) {
  return [head = std::move(head), rest = std::move(rest), skipped]() mutable {
    if (head) {
      const auto first = std::exchange(head, nullptr);
      if (!first->empty()) return *first;
    }
    for (;;) {
      std::string piece = rest();
      if (piece.empty()) return piece;
      const std::size_t dropped = std::min<std::uint64_t>(skipped, piece.size());
      skipped -= dropped;
      piece.erase(0, dropped);
      if (!piece.empty()) return piece;
    }
  };
}

}  // namespace

PieceSource source_of(std::string octets) {
  const std::uint64_t size = octets.size();
  auto kept = std::make_shared<const std::string>(std::move(octets));
  return {[kept = std::move(kept)] { return read_memory(kept); }, size};
}

PieceSource joined(std::string head, PieceSource rest, std::uint64_t skipped) {
  const std::uint64_t size = head.size() + rest.size - std::min(skipped, rest.size);
  auto first = std::make_shared<const std::string>(std::move(head));
  return {[first = std::move(first), open = std::move(rest.open), skipped] {
            return read_joined(first, open(), skipped);
          },
          size};
}

void copy_pieces(const PieceSource& source, const PieceWriter& write) {
  const PieceReader read = source.open();
  for (std::string piece = read(); !piece.empty(); piece = read()) write(piece);
}

std::string read_whole(const PieceSource& source) {
  std::string out;
  out.reserve(source.size);
  copy_pieces(source, [&](std::string_view piece) { out += piece; });
  return out;
}

std::string read_header(const PieceSource& source) {
  std::string out;
  const PieceReader read = source.open();
  for (std::string piece = read(); !piece.empty(); piece = read()) {
    out += piece;
    const std::size_t size = header_size(out);
    if (size == out.size()) continue;  // it may go on in the next piece
    out.resize(size);
    break;
  }
  return out;
}

}  // namespace mail
