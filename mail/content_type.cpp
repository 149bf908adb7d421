#include "mail/content_type.hpp"

#include <algorithm>
#include <charconv>
#include <tuple>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"

namespace mail {
namespace {

/// One piece of a parameter: name, name*, name*0 or name*0*.
struct Piece {
  std::string name;
  std::size_t place = 0;  // of the first piece of that name
  unsigned number = 0;
  bool numbered = false;
  bool extended = false;
  std::string value;
};

/// Takes tokens off a value; comments and white space vanish between them.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  bool ended() const { return at_ >= text_.size(); }

  bool take(char c) {
    skip_space();
    if (ended() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  // Leniently a token is what reaches to one of `ends`: file names come with blanks and brackets.
  std::string_view take_until(std::string_view ends) {
    skip_space();
    const std::size_t begin = at_;
    at_ = std::min(text_.find_first_of(ends, begin), text_.size());
    return trim(text_.substr(begin, at_ - begin));
  }

  std::string take_value() {
    skip_space();
    if (ended() || text_[at_] != '"') return without_line_ends(take_until(";"));
    std::string value;
    for (++at_; !ended() && text_[at_] != '"'; ++at_) {
      // A backslash before anything but these is a Windows path, not a quoted-pair.
      const bool escaped = text_[at_] == '\\' && at_ + 1 < text_.size() &&
                           (text_[at_ + 1] == '"' || text_[at_ + 1] == '\\');
      if (escaped) ++at_;
      if (text_[at_] != '\r' && text_[at_] != '\n') value += text_[at_];
    }
    take_until(";");
    return value;
  }

 private:
  static std::string without_line_ends(std::string_view text) {
    text = trim(text.substr(0, text.find(" (")));
    std::string plain(text);
    std::erase_if(plain, [](char c) { return c == '\r' || c == '\n'; });
    return plain;
  }

  void skip_space() {
    std::size_t depth = 0;
    for (; !ended(); ++at_) {
      const char c = text_[at_];
      if (c == '(') ++depth;
      if (depth == 0 && !is_space(c)) return;
      if (c == ')') --depth;
      if (c == '\\' && at_ + 1 < text_.size()) ++at_;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

// Names and words have no control characters, line ends of folding among them.
bool is_unfit(char c) { return static_cast<unsigned char>(c) <= ' ' || c == 127; }

// ext-octet = "%" 2(DIGIT / "A"-"F")
std::string percent_decoded(std::string_view text) {
  std::string octets;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool coded = text[i] == '%' && text.size() - i > 2 && hex_value(text[i + 1]) >= 0 &&
                       hex_value(text[i + 2]) >= 0;
    octets +=
        coded ? static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])) : text[i];
    if (coded) i += 2;
  }
  return octets;
}

// parameter = attribute ["*" section] ["*"]
Piece piece_of(std::string_view attribute, std::string value) {
  Piece piece;
  piece.extended = attribute.ends_with('*');
  if (piece.extended) attribute.remove_suffix(1);
  const std::size_t star = attribute.find('*');
  if (star != std::string_view::npos) {
    const std::string_view digits = attribute.substr(star + 1);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), piece.number);
    piece.numbered = error == std::errc{} && end == digits.data() + digits.size();
  }
  piece.name = ascii_lower(piece.numbered ? attribute.substr(0, star) : attribute);
  std::erase_if(piece.name, is_unfit);
  piece.value = std::move(value);
  return piece;
}

// utf-8'en'%E2%82%AC: the charset stands before the first piece only.
std::string_view take_charset(std::string_view& value) {
  const std::size_t first = value.find('\'');
  const std::size_t second = first == std::string_view::npos ? first : value.find('\'', first + 1);
  if (second == std::string_view::npos) return {};
  const std::string_view charset = value.substr(0, first);
  value.remove_prefix(second + 1);
  return charset;
}

// The value of pieces of one name, in the order of their numbers.
std::string joined(const Piece* begin, const Piece* end) {
  std::string octets;
  std::string_view charset;
  for (const Piece* piece = begin; piece != end; ++piece) {
    std::string_view value = piece->value;
    if (piece == begin && piece->extended) charset = take_charset(value);
    octets += piece->extended ? percent_decoded(value) : std::string(value);
  }
  std::erase(octets, '\0');  // no IMAP string and no file name may hold it
  return to_utf8(octets, charset);
}

// Pieces of one name come together, by their numbers; names stay in the order of their first piece.
void order(std::vector<Piece>& pieces) {
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    pieces[i].place = static_cast<std::size_t>(
        std::find_if(pieces.begin(), pieces.end(),
                     [&](const Piece& piece) { return piece.name == pieces[i].name; }) -
        pieces.begin());
  }
  std::stable_sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) {
    return std::tie(a.place, a.numbered, a.number) < std::tie(b.place, b.numbered, b.number);
  });
}

// Of several forms of one parameter the first counts, unless a later one is extended or in pieces:
// senders put the plain form beside it for old readers (RFC 6266 §4.3 has the same rule).
Parameters join(std::vector<Piece> pieces) {
  if (pieces.size() > 1) order(pieces);
  Parameters params;
  for (auto begin = pieces.begin(); begin != pieces.end();) {
    auto end = begin + 1;
    while (begin->numbered && end != pieces.end() && end->place == begin->place) ++end;
    const bool known = !params.empty() && params.back().first == begin->name;
    if (!known) {
      params.emplace_back(begin->name, joined(&*begin, &*begin + (end - begin)));
    } else if (begin->extended || begin->numbered) {
      params.back().second = joined(&*begin, &*begin + (end - begin));
    }
    begin = end;
  }
  return params;
}

}  // namespace

// value *(";" attribute "=" (token / quoted-string))
// text/plain; charset=utf-8; name*0*=utf-8''%ED%8C; name*1="x.txt"
ParameterizedValue parse_parameterized(std::string_view value) {
  constexpr std::size_t kMostPieces = 200;
  Lexer lexer(value);
  ParameterizedValue parsed;
  parsed.word = ascii_lower(lexer.take_until("; \t\r\n("));
  std::erase_if(parsed.word, is_unfit);
  std::vector<Piece> pieces;
  while (!lexer.ended() && pieces.size() < kMostPieces) {
    lexer.take_until(";");
    if (!lexer.take(';')) break;
    const std::string_view attribute = lexer.take_until("=;");
    if (!lexer.take('=') || attribute.empty()) continue;
    pieces.push_back(piece_of(attribute, lexer.take_value()));
  }
  parsed.params = join(std::move(pieces));
  return parsed;
}

std::string to_extended_value(std::string_view utf8) {
  constexpr std::string_view kPlain = "-._";
  std::string encoded = "utf-8''";
  for (const char c : utf8) {
    if (is_alphanumeric(c) || kPlain.find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      append_hex(encoded += '%', c);
    }
  }
  return encoded;
}

std::string_view parameter(const Parameters& params, std::string_view lower_case_name) {
  for (const auto& [name, value] : params) {
    if (name == lower_case_name) return value;
  }
  return {};
}

}  // namespace mail
