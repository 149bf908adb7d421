#include "conf/log_text.hpp"

#include <algorithm>

namespace conf {
namespace {

/// Octets of the well-formed UTF-8 sequence at the front (RFC 3629 §4); 0 when there is none.
std::size_t utf8_length(std::string_view text) {
  const auto at = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const auto tail = [&](std::size_t i) { return (at(i) & 0xc0) == 0x80; };
  const unsigned first = at(0), second = at(1);
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf && tail(1)) return 2;
  if (first >= 0xe0 && first <= 0xef && tail(1) && tail(2)) {
    const bool overlong = first == 0xe0 && second < 0xa0;
    const bool surrogate = first == 0xed && second > 0x9f;
    return overlong || surrogate ? 0 : 3;
  }
  if (first >= 0xf0 && first <= 0xf4 && tail(1) && tail(2) && tail(3)) {
    const bool overlong = first == 0xf0 && second < 0x90;
    const bool beyond = first == 0xf4 && second > 0x8f;
    return overlong || beyond ? 0 : 4;
  }
  return 0;
}

/// C0, DEL and C1: what could end the line or steer the terminal.
bool is_control(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return first < 0x20 || first == 0x7f;
  return first == 0xc2 && static_cast<unsigned char>(character[1]) < 0xa0;
}

/// Octets that are not UTF-8, or a control character.
void append_escaped(std::string& out, LogForm form, std::string_view octets) {
  for (const char c : octets) {
    const auto octet = static_cast<unsigned char>(c);
    if (form == LogForm::kHuman)
      out += fmt::format("\\x{:02x}", octet);
    else if (octet < 0x80)
      out += fmt::format("\\u{:04x}", octet);
    else
      out += "\\ufffd";
  }
}

void append_quoted(std::string& out, LogForm form, std::string_view value) {
  out += '"';
  while (!value.empty()) {
    const auto length = utf8_length(value);
    const auto character = value.substr(0, std::max<std::size_t>(length, 1));
    if (length == 0 || is_control(character)) {
      append_escaped(out, form, character);
    } else {
      if (character == "\"" || character == "\\") out += '\\';
      out += character;
    }
    value.remove_prefix(character.size());
  }
  out += '"';
}

bool is_plain(std::string_view value) {
  return !value.empty() && std::all_of(value.begin(), value.end(), [](unsigned char c) {
    return c > 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '=';
  });
}

}  // namespace

std::string log_text(LogForm form, std::string_view event, std::initializer_list<Field> fields) {
  std::string text;
  if (form == LogForm::kJson) {
    text += "\"event\":";
    append_quoted(text, form, event);
    for (const auto& field : fields) {
      text += fmt::format(",\"{}\":", field.name);
      append_quoted(text, form, field.value);
    }
    return text;
  }
  text += event;
  for (const auto& field : fields) {
    text += fmt::format(" {}=", field.name);
    if (is_plain(field.value))
      text += field.value;
    else
      append_quoted(text, form, field.value);
  }
  return text;
}

}  // namespace conf
