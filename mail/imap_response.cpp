#include "mail/imap_response.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/imap_lexer.hpp"

namespace mail {

namespace {

// A longer string costs more to scan for what must be escaped than a literal costs the client.
constexpr std::size_t kLongestQuoted = 1024;

bool can_be_quoted(std::string_view text, QuotedForm form) {
  if (text.size() > kLongestQuoted) return false;
  bool has_control = std::any_of(text.begin(), text.end(),
                                 [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
  if (has_control) return false;
  return is_ascii(text) || (form == QuotedForm::kUtf8 && is_utf8(text));
}

}  // namespace

// quoted = DQUOTE *QUOTED-CHAR DQUOTE
void append_string(std::string& out, std::string_view text, QuotedForm form) {
  if (!can_be_quoted(text, form)) return append_literal(out, text);
  out += '"';
  for (char octet : text) {
    if (octet == '"' || octet == '\\') out += '\\';
    out += octet;
  }
  out += '"';
}

void append_astring(std::string& out, std::string_view text, QuotedForm form) {
  bool is_atom = !text.empty() && std::all_of(text.begin(), text.end(), is_atom_char) &&
                 !same_ignoring_case(text, "NIL");
  if (is_atom)
    out += text;
  else
    append_string(out, text, form);
}

void append_literal_head(std::string& out, std::uint64_t size) {
  out += '{';
  append_number(out, size);
  out += "}\r\n";
}

void append_literal(std::string& out, std::string_view octets) {
  if (octets.find('\0') != std::string_view::npos) out += '~';
  append_literal_head(out, octets.size());
  out += octets;
}

void append_number(std::string& out, std::uint64_t number) {
  fmt::format_int digits(number);
  out.append(digits.data(), digits.size());
}

std::string render_uid_set(const std::vector<std::uint32_t>& uids) {
  std::string text;
  for (std::size_t begin = 0; begin < uids.size();) {
    auto end = begin + 1;
    while (end < uids.size() && uids[end] == uids[end - 1] + 1) ++end;
    if (!text.empty()) text += ',';
    append_number(text, uids[begin]);
    if (end - begin > 1) {
      text += ':';
      append_number(text, uids[end - 1]);
    }
    begin = end;
  }
  return text;
}

// resp-text = ["[" resp-text-code "]" SP] text
std::string render_status(std::string_view status, std::string_view code, std::string_view text) {
  if (code.empty()) return fmt::format("{} {}", status, text);
  return fmt::format("{} [{}] {}", status, code, text);
}

}  // namespace mail
