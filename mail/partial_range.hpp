// A page of results (RFC 9394): "1:500" counts from the first, "-1:-100" from the last. SEARCH,
// SORT and UID FETCH take one. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "mail/imap_lexer.hpp"

namespace mail {

struct PartialRange {
  std::uint32_t first = 1;  ///< first <= last, without the sign
  std::uint32_t last = 1;
  bool from_end = false;

  /// Indices [begin, end) among `count` results; empty when the page lies beyond them.
  struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  Span among(std::size_t count) const;
  /// "1:500", the lower number first, as imaptest and Dovecot have it; "the original range" (RFC
  /// 9394 §3.1) can be read either way, as 500:1 "is the same as" 1:500 (§4).
  std::string to_string() const;
};

PartialRange parse_partial_range(ImapLexer& lexer);

}  // namespace mail
