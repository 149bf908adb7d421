#include "mail/search_return.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mail {

namespace {

// ["-"] nz-number; both ends of a range have the same sign
std::uint32_t parse_end(ImapLexer& lexer, bool from_end) {
  if (from_end) lexer.expect('-');
  return lexer.nz_number();
}

// search-return-opt = "MIN" / "MAX" / "ALL" / "COUNT" / "SAVE" / "CONTEXT" / "UPDATE" /
//                     "RELEVANCY" / "PARTIAL" SP partial-range
void parse_option(ImapLexer& lexer, SearchReturn& wants) {
  auto option = lexer.word();
  if (option == "MIN") {
    wants.min = true;
  } else if (option == "MAX") {
    wants.max = true;
  } else if (option == "ALL") {
    wants.all = true;
  } else if (option == "COUNT") {
    wants.count = true;
  } else if (option == "SAVE") {
    wants.save = true;
  } else if (option == "UPDATE") {
    wants.update = true;
  } else if (option == "RELEVANCY") {
    wants.relevancy = true;
  } else if (option == "PARTIAL") {
    lexer.space();
    if (wants.partial) lexer.fail("one PARTIAL only");
    wants.partial = parse_partial_range(lexer);
  } else if (option != "CONTEXT") {  // a hint that the result will be asked for again
    lexer.fail("a return option");
  }
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

// search-return-opts = "RETURN" SP "(" [search-return-opt *(SP search-return-opt)] ")" SP
SearchReturn parse_search_return(ImapLexer& lexer) {
  SearchReturn wants;
  if (!lexer.accept("RETURN (")) return wants;
  wants.given = true;
  wants.all = lexer.peek() == ')';  // RFC 4731 §3.1: an empty list asks for ALL
  while (lexer.ok() && !lexer.accept(')')) {
    parse_option(lexer, wants);
    if (lexer.peek() != ')') lexer.space();
  }
  if (wants.all && wants.partial) lexer.fail("either ALL or PARTIAL");
  lexer.space();
  return wants;
}

}  // namespace mail
