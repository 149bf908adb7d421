#include "mail/encoded_word.hpp"

#include <algorithm>
#include <optional>

#include "mail/ascii.hpp"
#include "mail/base64.hpp"
#include "mail/charset.hpp"
#include "mail/transfer_encoding.hpp"

namespace mail {
namespace {

constexpr std::size_t kWordLineLength = 78;  // RFC 5322 §2.1.1

/// An encoded word found in text: what it says, and how much text it takes.
struct Word {
  std::string charset;
  std::string octets;
  std::size_t size = 0;
};

std::string decode_q(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '_', ' ');
  // A trailing blank is text here, not the padding of a line.
  std::string octets = decode_quoted_printable(spaced + "=20");
  octets.pop_back();
  return octets;
}

// encoded-word = "=?" charset ["*" language] "?" encoding "?" encoded-text "?="
// =?UTF-8*ko?B?7YyM67Cc?=
std::optional<Word> take_word(std::string_view text) {
  if (!text.starts_with("=?")) return std::nullopt;
  const std::size_t charset_end = text.find('?', 2);
  if (charset_end == std::string_view::npos || charset_end == 2) return std::nullopt;
  if (charset_end > 80 || text.size() < charset_end + 3 || text[charset_end + 2] != '?') {
    return std::nullopt;
  }
  const std::size_t begin = charset_end + 3;
  // Spaces inside are against the RFC, yet written by enough senders.
  const std::size_t end = text.find_first_of("?\r\n", begin);
  if (end == std::string_view::npos || !text.substr(end).starts_with("?=")) return std::nullopt;
  std::string_view charset = text.substr(2, charset_end - 2);
  charset = charset.substr(0, charset.find('*'));
  const std::string_view coded = text.substr(begin, end - begin);
  switch (ascii_lower(text[charset_end + 1])) {
    case 'b': return Word{ascii_lower(charset), decode_base64_body(coded), end + 2};
    case 'q': return Word{ascii_lower(charset), decode_q(coded), end + 2};
    default: return std::nullopt;
  }
}

bool all_space(std::string_view text) { return trim(text).empty(); }

// ---- encoding

// The octets of `utf8` that the next encoded word can hold, never less than a character.
std::size_t fitting(std::string_view utf8, std::size_t limit) {
  if (utf8.size() <= limit) return utf8.size();
  std::size_t size = limit;
  while (size > 0 && (static_cast<unsigned char>(utf8[size]) & 0xC0U) == 0x80) --size;
  return size == 0 ? limit : size;
}

std::string encode_words(std::string_view utf8, std::size_t column) {
  constexpr std::size_t kFrame = 12;  // =?UTF-8?B??=
  std::string text;
  while (!utf8.empty()) {
    const std::size_t room =
        column + kFrame + 8 < kWordLineLength ? kWordLineLength - 2 - column : 0;
    if (room == 0) {
      text += "\r\n ";
      column = 1;
      continue;
    }
    const std::size_t limit = (std::min<std::size_t>(room, 75) - kFrame) / 4 * 3;
    const std::size_t size = fitting(utf8, std::max<std::size_t>(limit, 4));
    text += "=?UTF-8?B?" + base64_encode(utf8.substr(0, size)) + "?=";
    utf8.remove_prefix(size);
    if (utf8.empty()) break;
    text += "\r\n ";
    column = 1;
  }
  return text;
}

// Folds at blanks; a word longer than a line stays whole.
std::string fold(std::string_view text, std::size_t column) {
  std::string folded;
  while (!text.empty()) {
    std::size_t word = 0;
    while (word < text.size() && is_blank(text[word])) ++word;
    while (word < text.size() && !is_blank(text[word])) ++word;
    const bool full = column + word > kWordLineLength && is_blank(text.front());
    if (full && !all_space(text.substr(0, word))) {
      folded += "\r\n";
      column = 0;
    }
    folded += text.substr(0, word);
    column += word;
    text.remove_prefix(word);
  }
  return folded;
}

bool needs_encoding(std::string_view text) {
  const bool odd = std::any_of(text.begin(), text.end(), [](char c) {
    return is_8bit(c) || (c < ' ' && c != '\t') || c == 127;
  });
  // A word that no line can hold (RFC 5322 §2.1.1: 998) can still be cut when it is encoded.
  std::size_t run = 0;
  std::size_t longest = 0;
  for (const char c : text) longest = std::max(longest, run = is_blank(c) ? 0 : run + 1);
  return odd || longest > 900 || text.find("=?") != std::string_view::npos;
}

bool is_atom_text(char c) {
  constexpr std::string_view kSpecial = "!#$%&'*+-/=?^_`{|}~";
  return is_alphanumeric(c) || kSpecial.find(c) != std::string_view::npos;
}

std::string quote(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace

std::string decode_words(std::string_view text) {
  std::string decoded;
  std::string octets;   // of adjacent words in one charset, not converted yet
  std::string charset;  // "" when the last thing was no encoded word
  std::size_t plain = 0;
  const auto flush = [&] {
    decoded += to_utf8(octets, charset);
    octets.clear();
    charset.clear();
  };
  std::size_t at = text.find("=?");
  while (at != std::string_view::npos) {
    auto word = take_word(text.substr(at));
    if (!word) {
      at = text.find("=?", at + 1);
      continue;
    }
    const std::string_view between = text.substr(plain, at - plain);
    const bool adjacent = !charset.empty() && all_space(between);
    if (!adjacent || charset != word->charset) flush();
    if (!adjacent) decoded += guess_utf8(between);
    octets += word->octets;
    charset = std::move(word->charset);
    plain = at + word->size;
    at = text.find("=?", plain);
  }
  flush();
  return decoded + guess_utf8(text.substr(plain));
}

std::string encode_unstructured(std::string_view utf8, std::size_t column) {
  return needs_encoding(utf8) ? encode_words(utf8, column) : fold(utf8, column);
}

std::string encode_phrase(std::string_view utf8, std::size_t column) {
  if (needs_encoding(utf8)) return encode_words(utf8, column);
  const bool atoms =
      !utf8.empty() && utf8.front() != ' ' && utf8.back() != ' ' &&
      std::all_of(utf8.begin(), utf8.end(), [](char c) { return c == ' ' || is_atom_text(c); });
  return atoms ? fold(utf8, column) : fold(quote(utf8), column);
}

}  // namespace mail
