// ASCII letters without the locale: protocol text is compared and lowered by these.
#pragma once

#include <string>
#include <string_view>

namespace mail {

constexpr char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }
constexpr bool is_space(char c) { return is_blank(c) || c == '\r' || c == '\n'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alphanumeric(char c) {
  return is_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z');
}
constexpr bool is_8bit(char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; }

/// The value of a hexadecimal digit, -1 if it is none.
constexpr int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'f' ? ascii_lower(c) - 'a' + 10 : -1;
}
/// Two hexadecimal digits, upper case.
void append_hex(std::string& out, char octet);

bool is_ascii(std::string_view text);
std::string ascii_lower(std::string_view text);
bool same_ignoring_case(std::string_view a, std::string_view b);
/// Without blanks and line ends at both ends.
std::string_view trim(std::string_view text);

}  // namespace mail
