#include "mail/imap_append.hpp"

#include <utility>

#include "mail/imap_store.hpp"

namespace mail {

ImapResult<AppendReader::Next> AppendReader::feed(std::string_view segment) {
  AppendReader attempt = *this;
  auto next = attempt.read(segment);
  if (next && *next != Next::kString) *this = std::move(attempt);
  return next;
}

ImapResult<AppendReader::Next> AppendReader::read(std::string_view segment) {
  ImapLexer lexer(segment);
  Next next = Next::kEnd;
  if (state_ == State::kStart) {
    read_start(lexer);
    next = read_message(lexer);
  } else {
    // What a UTF8 literal left open is closed first.
    if (std::exchange(utf8_, false)) lexer.expect(')');
    next = state_ == State::kInParts ? read_parts(lexer) : read_end(lexer);
  }
  if (lexer.awaits_literal()) return Next::kString;
  return lexer.finish(next);
}

// append  = "APPEND" SP mailbox 1*(SP append-message)
// replace = "REPLACE" SP seq-number SP mailbox SP append-message
void AppendReader::read_start(ImapLexer& lexer) {
  if (verb_ == Verb::kReplace) {
    if (!lexer.accept('*')) replaced_ = lexer.nz_number();
    lexer.space();
  }
  mailbox_ = lexer.astring();
  lexer.space();
}

// append-message = [flag-list SP] [date-time SP] append-data
// append-data    = literal / literal8 / "UTF8" SP "(" literal8 ")" / "CATENATE" SP "(" cat-part ...
AppendReader::Next AppendReader::read_message(ImapLexer& lexer) {
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
  message.catenate = lexer.accept("CATENATE (");
  bool catenate = message.catenate;
  events_.emplace_back(std::move(message));
  if (catenate) return read_parts(lexer);
  state_ = State::kAfterMessage;
  utf8_ = lexer.accept("UTF8 (");
  read_announcement(lexer);
  return Next::kOctets;
}

// cat-part *(SP cat-part) ")"
// cat-part = "URL" SP astring / "TEXT" SP (literal / literal8) / "UTF8" SP "(" literal8 ")"
AppendReader::Next AppendReader::read_parts(ImapLexer& lexer) {
  bool first = state_ != State::kInParts;
  state_ = State::kInParts;
  while (lexer.ok()) {
    if (!first && lexer.accept(')')) {
      state_ = State::kAfterMessage;
      return read_end(lexer);
    }
    if (!first) lexer.space();
    first = false;
    if (lexer.accept("URL ")) {
      events_.emplace_back(AppendUrl{lexer.astring()});
      continue;
    }
    utf8_ = lexer.accept("UTF8 (");
    if (!utf8_ && !lexer.accept("TEXT ")) lexer.fail("URL, TEXT or UTF8");
    read_announcement(lexer);
    return Next::kOctets;
  }
  return Next::kEnd;
}

// After a message: nothing, or another one; REPLACE takes no more than one.
AppendReader::Next AppendReader::read_end(ImapLexer& lexer) {
  if (verb_ == Verb::kReplace || !lexer.accept(' ')) return Next::kEnd;
  return read_message(lexer);
}

// literal = "{" number64 ["+"] "}"      literal8 = "~" literal
void AppendReader::read_announcement(ImapLexer& lexer) {
  lexer.accept('~');
  if (lexer.ok() && lexer.peek() != '{') lexer.fail("a literal: the message");
  lexer.expect('{');
  lexer.number64();
  lexer.accept('+');
  lexer.expect('}');
}

}  // namespace mail
