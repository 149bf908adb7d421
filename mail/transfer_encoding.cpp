#include "mail/transfer_encoding.hpp"

#include <mimetic/codec/base64.h>
#include <mimetic/codec/qp.h>

#include <algorithm>
#include <iterator>

#include "mail/ascii.hpp"
#include "mail/base64.hpp"

namespace mail {
namespace {

constexpr std::size_t kEncodedLineLength = 76;  // RFC 2045 §6.7 (5), §6.8

constexpr bool in_base64_alphabet(char c) { return is_alphanumeric(c) || c == '+' || c == '/'; }

constexpr bool is_odd_control(char c) { return static_cast<unsigned char>(c) < ' ' && c != '\t'; }

void append_decoded_run(std::string& text, std::string_view run) {
  std::string_view blanks = run;
  while (!run.empty() && is_blank(run.back())) run.remove_suffix(1);
  blanks.remove_prefix(run.size());
  auto out = std::back_inserter(text);
  mimetic::QP::Decoder decoder;
  for (const char c : run) decoder.process(static_cast<unsigned char>(c), out);
  decoder.flush(out);
  text += blanks;
}

// One line of quoted-printable, `line` without its line end; true: a soft line break ended it.
// mimetic's decoder would drop control characters, write LF for every line end and "=" for a blank
// at the end of its input: it gets the runs between these.
bool append_decoded_line(std::string& text, std::string_view line) {
  while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
  const bool soft = line.ends_with('=');
  if (soft) line.remove_suffix(1);
  for (;;) {
    const auto control = std::find_if(line.begin(), line.end(), is_odd_control);
    append_decoded_run(text, {line.begin(), control});
    if (control == line.end()) return soft;
    text += *control;
    line = {control + 1, line.end()};
  }
}

// mimetic's encoder would write blanks as =20 behind the first octet that is no ASCII, and LF for
// line ends.
void append_encoded_line(std::string& text, std::string_view line) {
  std::size_t column = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool last = i + 1 == line.size();
    const bool mbox_from = i == 0 && line.starts_with("From ");
    const bool lone_dot = i == 0 && line == ".";
    bool plain =
        (c > ' ' && c < 127 && c != '=' && !mbox_from && !lone_dot) || (is_blank(c) && !last);
    if (column + (plain ? 1 : 3) > kEncodedLineLength - (last ? 0 : 1)) {
      text += "=\r\n";
      column = 0;
      // A line that soft breaks made must not pass for the delimiter of a multipart.
      if (c == '-') plain = false;
    }
    if (plain) text += c;
    if (!plain) append_hex(text += '=', c);
    column += plain ? 1 : 3;
  }
}

}  // namespace

// mimetic's decoder reads past its table for '|' and takes padding for octets where none may be: it
// gets the alphabet alone, and every padding ends a quantum and begins another.
std::string decode_base64_body(std::string_view text) {
  std::string octets;
  octets.reserve(text.size() / 4 * 3 + 3);
  auto out = std::back_inserter(octets);
  mimetic::Base64::Decoder quanta;
  for (const char c : text) {
    if (in_base64_alphabet(c)) {
      quanta.process(static_cast<unsigned char>(c), out);
    } else if (c == '=') {
      quanta.flush(out);
      quanta = {};
    }
  }
  quanta.flush(out);
  return octets;
}

std::string encode_base64_body(std::string_view octets) {
  constexpr std::size_t kOctetsPerLine = kEncodedLineLength / 4 * 3;
  std::string text;
  text.reserve(octets.size() / kOctetsPerLine * (kEncodedLineLength + 2) + kEncodedLineLength + 2);
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

namespace {

std::size_t whole_quanta(std::string_view text) {
  std::size_t whole = 0;
  unsigned characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (in_base64_alphabet(text[i])) characters = (characters + 1) % 4;
    if (text[i] == '=') characters = 0;
    if (characters == 0) whole = i + 1;
  }
  return whole;
}

// After a line; of a line without an end, after a character that says nothing about the next ones.
std::size_t whole_lines(std::string_view text) {
  const std::size_t lf = text.rfind('\n');
  if (lf != std::string_view::npos) return lf + 1;
  for (std::size_t end = text.size(); end >= 2; --end) {
    const char last = text[end - 1];
    if (!is_space(last) && last != '=' && text[end - 2] != '=') return end;
  }
  return 0;
}

}  // namespace

std::size_t decodable_prefix(std::string_view text, std::string_view encoding) {
  return encoding == "base64" ? whole_quanta(text) : whole_lines(text);
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
