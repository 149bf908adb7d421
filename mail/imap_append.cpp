#include "mail/imap_append.hpp"

#include <utility>

namespace mail {

namespace {

// literal = "{" number64 ["+"] "}"      literal8 = "~" literal
void parse_announcement(ImapLexer& lexer) {
  lexer.accept('~');
  lexer.expect('{');
  lexer.number64();
  lexer.accept('+');
  lexer.expect('}');
}

// append-message = [flag-list SP] [date-time SP] (literal / literal8 / "UTF8" SP "(" literal8 ")")
AppendMessage parse_append_message(ImapLexer& lexer) {
  AppendMessage message;
  if (lexer.peek() == '(') {
    message.flags = parse_flag_list(lexer);
    lexer.space();
  }
  if (lexer.peek() == '"') {
    message.date = parse_internal_date(lexer.string());
    if (!message.date) lexer.fail("a date and time before this");
    lexer.space();
  }
  if (lexer.accept("UTF8 (")) message.utf8 = true;
  parse_announcement(lexer);
  return message;
}

}  // namespace

// append = "APPEND" SP mailbox 1*(SP append-message)
ImapResult<AppendArguments> parse_append(std::string_view arguments) {
  ImapLexer lexer(arguments);
  AppendArguments append;
  append.mailbox = lexer.astring();
  lexer.space();
  append.message = parse_append_message(lexer);
  return lexer.finish(std::move(append));
}

ImapResult<std::optional<AppendMessage>> parse_append_rest(std::string_view text,
                                                           const AppendMessage& before) {
  ImapLexer lexer(text);
  if (before.utf8) lexer.expect(')');
  std::optional<AppendMessage> next;
  if (lexer.accept(' ')) next = parse_append_message(lexer);
  return lexer.finish(std::move(next));
}

}  // namespace mail
