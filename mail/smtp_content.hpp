// A message's octets on their way to a server, piece by piece so that a large one is never copied
// whole: dot-stuffed and ended for DATA (RFC 5321 §4.1.1.4), or as one BDAT chunk (RFC 3030 §2),
// which is the message itself. A piece is small enough that a peer who takes none of it for minutes
// is known to be stuck. What is given belongs to the caller and outlives this.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "mail/dot_stuffing.hpp"
#include "mail/piece_source.hpp"

namespace mail::smtp {

class ContentPieces {
 public:
  enum class Form { kData, kBdat };

  /// `head` goes before `content`.
  ContentPieces(std::string_view head, std::string_view content, Form form);
  /// Content that is not whole in memory. What reading it throws `next` throws.
  ContentPieces(std::string_view head, const PieceSource& content, Form form);
  ContentPieces(const ContentPieces&) = delete;
  ContentPieces& operator=(const ContentPieces&) = delete;

  /// What to write now, "" at the end.
  std::string_view piece() const { return piece_; }
  void next();

 private:
  void begin(std::uint64_t size);
  std::string_view take();
  void stuff_more();

  std::string_view head_;
  std::string_view rest_;  ///< of what is in memory, or of the piece that was read
  PieceReader read_;       ///< what comes after that; empty: nothing
  std::string read_piece_;
  Form form_;
  DotSender sender_;
  std::string buffer_;
  std::string_view piece_;
  bool ended_ = false;
};

}  // namespace mail::smtp
