#include "mail/search_return.hpp"

namespace mail {

namespace {

// search-return-opt = "MIN" / "MAX" / "ALL" / "COUNT" / "SAVE" / "CONTEXT" / "RELEVANCY" /
//                     "UPDATE" [SP "(" fetch-att *(SP fetch-att) ")"] /
//                     "PARTIAL" SP partial-range
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
    if (lexer.accept(" (")) {
      wants.fetch = parse_fetch_items(lexer);
      lexer.expect(')');
    }
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
