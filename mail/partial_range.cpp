#include "mail/partial_range.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace mail {

namespace {

// ["-"] nz-number; both ends of a range have the same sign
std::uint32_t parse_end(ImapLexer& lexer, bool from_end) {
  if (from_end) lexer.expect('-');
  return lexer.nz_number();
}

}  // namespace

PartialRange::Span PartialRange::among(std::size_t count) const {
  Span span{std::min<std::size_t>(first - 1, count), std::min<std::size_t>(last, count)};
  return from_end ? Span{count - span.end, count - span.begin} : span;
}

std::string PartialRange::to_string() const {
  return from_end ? fmt::format("-{}:-{}", first, last) : fmt::format("{}:{}", first, last);
}

// partial-range       = partial-range-first / partial-range-last
// partial-range-first = nz-number ":" nz-number
// partial-range-last  = "-" nz-number ":" "-" nz-number
PartialRange parse_partial_range(ImapLexer& lexer) {
  PartialRange range;
  range.from_end = lexer.peek() == '-';
  range.first = parse_end(lexer, range.from_end);
  lexer.expect(':');
  range.last = parse_end(lexer, range.from_end);
  if (range.first > range.last) std::swap(range.first, range.last);
  return range;
}

}  // namespace mail
