#include "mua/screen/page_spot.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "mua/screen/glyphs.hpp"

namespace mua::screen {

namespace {

// Shorter pieces of a link that was broken may stand elsewhere too.
constexpr std::size_t kShortestPiece = 6;

std::size_t octet_at(std::string_view text, int column) {
  int at = 0;
  for (const Glyph& glyph : glyphs(text)) {
    at += glyph.width;
    if (at > column) return glyph.offset;
  }
  return text.size();
}

std::string_view word_at(std::string_view text, std::size_t octet) {
  if (octet >= text.size() || text[octet] == ' ') return {};
  std::size_t begin = text.rfind(' ', octet);
  begin = begin == std::string_view::npos ? 0 : begin + 1;
  return text.substr(begin, std::min(text.find(' ', octet), text.size()) - begin);
}

/// "[3" → 3
std::optional<std::size_t> number_in(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), number);
  if (error != std::errc() || number == 0) return std::nullopt;
  return number;
}

/// The brackets around that octet; nothing when there are none.
std::string_view brackets_at(std::string_view text, std::size_t octet) {
  const std::size_t begin = text.rfind('[', octet);
  if (begin == std::string_view::npos) return {};
  const std::size_t end = text.find(']', begin);
  if (end == std::string_view::npos || end < octet) return {};
  return text.substr(begin, end - begin + 1);
}

/// The line "[3] https://..." of the list below a text from HTML.
std::optional<std::string> listed(const std::vector<Line>& page, std::string_view brackets,
                                  const std::vector<std::string>& links) {
  for (const Line& line : page) {
    if (!line.text.starts_with(brackets)) continue;
    const std::string_view rest = std::string_view(line.text).substr(brackets.size());
    for (const std::string& link : links) {
      if (rest.size() > 1 && link.starts_with(rest.substr(1))) return link;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::size_t> chip_at(const std::vector<Line>& page, Spot spot) {
  if (spot.line >= page.size() || page[spot.line].tone != Tone::kChip) return std::nullopt;
  const std::string& text = page[spot.line].text;
  const std::string_view chip = brackets_at(text, octet_at(text, spot.column));
  return chip.empty() ? std::nullopt : number_in(chip);
}

std::optional<std::string> link_at(const std::vector<Line>& page, Spot spot,
                                   const std::vector<std::string>& links) {
  if (spot.line >= page.size()) return std::nullopt;
  const std::string& text = page[spot.line].text;
  const std::size_t octet = octet_at(text, spot.column);
  const std::string_view word = word_at(text, octet);
  const std::vector<std::string> here = links_in(word);
  const std::string piece = here.empty() ? std::string(word) : here.front();
  if (piece.size() >= kShortestPiece) {
    for (const std::string& link : links) {
      if (link == piece) return link;
    }
    for (const std::string& link : links) {
      if (link.find(piece) != std::string::npos) return link;
    }
  }
  const std::string_view brackets = brackets_at(text, octet);
  if (brackets.size() < 3 || !number_in(brackets)) return std::nullopt;
  return listed(page, brackets, links);
}

}  // namespace mua::screen
