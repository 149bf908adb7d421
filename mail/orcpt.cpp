#include "mail/orcpt.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/smtp_command.hpp"

namespace mail {

namespace {

bool has_controls(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

void append_utf8(std::string& out, std::uint32_t point) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | ((point >> shift) & 0x3f)); };
  if (point < 0x800) {
    out += static_cast<char>(0xc0 | (point >> 6));
  } else if (point < 0x10000) {
    out += static_cast<char>(0xe0 | (point >> 12));
    tail(6);
  } else {
    out += static_cast<char>(0xf0 | (point >> 18));
    tail(12);
    tail(6);
  }
  tail(0);
}

/// The point of "\x{D55C}" at the front of `text`, which loses it; ASCII is not taken: what was
/// escaped there has to stay so.
std::optional<std::uint32_t> take_escape(std::string_view& text) {
  const std::size_t end = text.find('}');
  if (!text.starts_with("\\x{") || end == std::string_view::npos) return std::nullopt;
  std::uint32_t point = 0;
  const auto [stop, error] = std::from_chars(text.data() + 3, text.data() + end, point, 16);
  const bool character = point >= 0x80 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
  if (error != std::errc{} || stop != text.data() + end || !character) return std::nullopt;
  text.remove_prefix(end + 1);
  return point;
}

// EmbeddedUnicodeChar = %x5C.78 "{" HEXPOINT "}"    RFC 6533 §3
std::string decode_embedded(std::string_view text) {
  std::string decoded;
  while (!text.empty()) {
    if (const auto point = take_escape(text)) {
      append_utf8(decoded, *point);
    } else {
      decoded += text.front();
      text.remove_prefix(1);
    }
  }
  return decoded;
}

}  // namespace

std::string decode_xtext(std::string_view xtext) {
  const auto text = smtp::from_xtext(xtext);
  return text && !has_controls(*text) && is_utf8(*text) ? *text : std::string(xtext);
}

std::string decode_orcpt(std::string_view orcpt) {
  const std::size_t semicolon = orcpt.find(';');
  if (semicolon == std::string_view::npos) return "";
  const std::string_view type = orcpt.substr(0, semicolon);
  const std::string address = decode_xtext(orcpt.substr(semicolon + 1));
  const bool international = same_ignoring_case(type, "utf-8");
  return std::string(type) + ";" + (international ? decode_embedded(address) : address);
}

}  // namespace mail
