// What SEARCH and SORT are to answer: RETURN (MIN MAX ALL COUNT SAVE) of RFC 4731 and RFC 5182,
// PARTIAL of RFC 9394, CONTEXT and UPDATE of RFC 5267, RELEVANCY of RFC 6203. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "mail/imap_lexer.hpp"

namespace mail {

/// A page of results: "1:500" counts from the first, "-1:-100" from the last (RFC 9394 §3.1).
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

struct SearchReturn {
  bool given = false;  ///< the answer is ESEARCH
  bool min = false;
  bool max = false;
  bool all = false;
  bool count = false;
  bool save = false;
  bool update = false;     ///< changes of the result are told (RFC 5267 §4.3)
  bool relevancy = false;  ///< scores (RFC 6203 §4)
  std::optional<PartialRange> partial;
};

/// Reads "RETURN (...) " when it is next, with the space after it.
SearchReturn parse_search_return(ImapLexer& lexer);

}  // namespace mail
