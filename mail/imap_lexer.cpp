#include "mail/imap_lexer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"

namespace mail {

namespace {

constexpr std::string_view kAtomSpecials = "(){ %*\"\\]";

char upper(char octet) { return octet >= 'a' && octet <= 'z' ? char(octet - 32) : octet; }

bool is_astring_char(char octet) { return is_atom_char(octet) || octet == ']'; }

bool is_list_char(char octet) {
  // Octets above 127 are what UTF-8 clients send unquoted although the grammar has no place for it.
  return is_astring_char(octet) || octet == '%' || octet == '*' || is_8bit(octet);
}

bool is_set_char(char octet) {
  return is_digit(octet) || octet == ':' || octet == ',' || octet == '*';
}

}  // namespace

bool is_atom_char(char octet) {
  return octet > ' ' && octet < 127 && kAtomSpecials.find(octet) == std::string_view::npos;
}

std::string to_upper(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), upper);
  return result;
}

void ImapLexer::fail(std::string_view expected) {
  if (!ok()) return;
  error_ =
      fmt::format("expected {} at octet {} of the arguments", expected, size_ - rest_.size() + 1);
}

bool ImapLexer::accept(char octet) {
  if (!ok() || rest_.empty() || rest_.front() != octet) return false;
  rest_.remove_prefix(1);
  return true;
}

bool ImapLexer::accept(std::string_view text) {
  if (!ok() || !same_ignoring_case(rest_.substr(0, text.size()), text)) return false;
  rest_.remove_prefix(text.size());
  return true;
}

void ImapLexer::expect(char octet) {
  if (!accept(octet)) fail(octet == ' ' ? std::string("a space") : fmt::format("'{}'", octet));
}

std::string_view ImapLexer::take_while(bool (*wanted)(char)) {
  if (!ok()) return {};
  auto end = std::find_if_not(rest_.begin(), rest_.end(), wanted);
  auto taken = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
  rest_.remove_prefix(taken.size());
  return taken;
}

std::string_view ImapLexer::atom() {
  auto taken = take_while(is_atom_char);
  if (taken.empty()) fail("an atom");
  return taken;
}

std::string ImapLexer::word() { return to_upper(atom()); }

std::string ImapLexer::astring() {
  if (peek() == '"' || peek() == '{') return string();
  auto taken = take_while(is_astring_char);
  if (taken.empty()) fail("an atom or a string");
  return std::string(taken);
}

std::string ImapLexer::string() {
  if (peek() == '"') return quoted();
  if (peek() == '{') return literal(false);
  fail("a string");
  return {};
}

std::string ImapLexer::string8() {
  if (!accept('~')) return string();
  return literal(true);
}

// quoted = DQUOTE *QUOTED-CHAR DQUOTE
std::string ImapLexer::quoted() {
  std::string result;
  expect('"');
  while (ok() && !rest_.empty()) {
    char octet = rest_.front();
    if (octet == '\r' || octet == '\n' || octet == '\0') break;
    rest_.remove_prefix(1);
    if (octet == '"') {
      if (!is_utf8(result)) fail("valid UTF-8 in the quoted string that ends");
      return result;
    }
    if (octet == '\\') {
      if (peek() != '"' && peek() != '\\') break;
      octet = rest_.front();
      rest_.remove_prefix(1);
    }
    result += octet;
  }
  fail("the end of a quoted string");
  return {};
}

// literal = "{" number64 ["+"] "}" CRLF *CHAR8      CHAR8: no NUL; literal8 has it
std::string ImapLexer::literal(bool binary) {
  expect('{');
  auto size = number64();
  accept('+');
  expect('}');
  awaits_literal_ = ok() && at_end();
  if (!accept("\r\n") || rest_.size() < size) fail("a literal");
  if (!ok()) return {};
  std::string result(rest_.substr(0, size));
  if (!binary && result.find('\0') != std::string::npos) fail("a literal without NUL");
  rest_.remove_prefix(size);
  return result;
}

std::optional<std::string> ImapLexer::nstring() {
  if (peek() == '"' || peek() == '{') return string();
  if (!accept("NIL")) fail("a string or NIL");
  return std::nullopt;
}

std::string ImapLexer::list_mailbox() {
  if (peek() == '"' || peek() == '{') return string();
  auto taken = take_while(is_list_char);
  if (taken.empty()) fail("a mailbox pattern");
  return std::string(taken);
}

std::string ImapLexer::flag() {
  std::string result = accept('\\') ? "\\" : "";
  result += atom();
  return result;
}

std::uint64_t ImapLexer::number64() {
  auto digits = take_while(is_digit);
  std::uint64_t value = 0;
  auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || code != std::errc()) fail("a number");
  return value;
}

std::uint32_t ImapLexer::number() {
  auto value = number64();
  if (value > UINT32_MAX) fail("a number below 4294967296");
  return static_cast<std::uint32_t>(value);
}

std::uint32_t ImapLexer::nz_number() {
  auto value = number();
  if (value == 0) fail("a number above 0");
  return value;
}

SequenceSet ImapLexer::sequence_set() {
  auto set = SequenceSet::parse(take_while(is_set_char));
  if (!set) fail("a sequence set");
  return set.value_or(SequenceSet());
}

MessageSet ImapLexer::message_set() {
  if (accept('$')) return {{}, true};
  return {sequence_set(), false};
}

}  // namespace mail
