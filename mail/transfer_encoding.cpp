#include "mail/transfer_encoding.hpp"

#include <array>
#include <cstdint>

#include "mail/ascii.hpp"
#include "mail/base64.hpp"

namespace mail {
namespace {

constexpr std::size_t kLineLength = 76;  // RFC 2045 §6.7 (5), §6.8

constexpr std::array<std::int8_t, 256> base64_values() {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::int8_t>(i);
  }
  return values;
}

constexpr auto kBase64Values = base64_values();

// One line of quoted-printable, `line` without its line end; true: a soft line break ended it.
bool append_decoded_line(std::string& text, std::string_view line) {
  while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
  const bool soft = line.ends_with('=');
  if (soft) line.remove_suffix(1);
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool coded = line[i] == '=' && line.size() - i > 2 && hex_value(line[i + 1]) >= 0 &&
                       hex_value(line[i + 2]) >= 0;
    if (coded) {
      text += static_cast<char>(hex_value(line[i + 1]) * 16 + hex_value(line[i + 2]));
      i += 2;
    } else {
      text += line[i];
    }
  }
  return soft;
}

void append_encoded_line(std::string& text, std::string_view line) {
  std::size_t column = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool last = i + 1 == line.size();
    const bool mbox_from = i == 0 && line.starts_with("From ");
    const bool lone_dot = i == 0 && line == ".";
    const bool plain =
        (c > ' ' && c < 127 && c != '=' && !mbox_from && !lone_dot) || (is_blank(c) && !last);
    if (column + (plain ? 1 : 3) > kLineLength - (last ? 0 : 1)) {
      text += "=\r\n";
      column = 0;
    }
    if (plain) text += c;
    if (!plain) append_hex(text += '=', c);
    column += plain ? 1 : 3;
  }
}

}  // namespace

std::string decode_base64_body(std::string_view text) {
  std::string octets;
  octets.reserve(text.size() / 4 * 3 + 3);
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const char c : text) {
    const int value = kBase64Values[static_cast<unsigned char>(c)];
    if (c == '=') held = 0;
    if (value < 0) continue;
    bits = bits << 6U | static_cast<std::uint32_t>(value);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    octets += static_cast<char>(bits >> held & 0xFFU);
  }
  return octets;
}

std::string encode_base64_body(std::string_view octets) {
  constexpr std::size_t kOctetsPerLine = kLineLength / 4 * 3;
  std::string text;
  text.reserve(octets.size() / kOctetsPerLine * (kLineLength + 2) + kLineLength + 2);
  for (std::size_t at = 0; at < octets.size(); at += kOctetsPerLine) {
    text += base64_encode(octets.substr(at, kOctetsPerLine));
    text += "\r\n";
  }
  return text;
}

std::string decode_quoted_printable(std::string_view text) {
  std::string octets;
  octets.reserve(text.size());
  while (!text.empty()) {
    const std::size_t lf = text.find('\n');
    const std::size_t end = lf == std::string_view::npos ? text.size() : lf;
    std::string_view line = text.substr(0, end);
    std::string_view line_end = text.substr(end, lf == std::string_view::npos ? 0 : 1);
    if (!line_end.empty() && line.ends_with('\r')) {
      line.remove_suffix(1);
      line_end = text.substr(end - 1, 2);
    }
    if (!append_decoded_line(octets, line)) octets += line_end;
    text.remove_prefix(lf == std::string_view::npos ? text.size() : lf + 1);
  }
  return octets;
}

std::string encode_quoted_printable(std::string_view text) {
  std::string encoded;
  encoded.reserve(text.size() + text.size() / 8);
  while (!text.empty()) {
    const std::size_t end = text.find("\r\n");
    append_encoded_line(encoded, text.substr(0, end));
    if (end == std::string_view::npos) break;
    encoded += "\r\n";
    text.remove_prefix(end + 2);
  }
  return encoded;
}

bool is_identity(std::string_view encoding) {
  return encoding != "base64" && encoding != "quoted-printable";
}

std::string decode_transfer(std::string_view body, std::string_view encoding) {
  if (encoding == "base64") return decode_base64_body(body);
  if (encoding == "quoted-printable") return decode_quoted_printable(body);
  return std::string(body);
}

}  // namespace mail
