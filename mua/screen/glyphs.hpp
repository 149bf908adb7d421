// Text from anywhere as what a terminal can be trusted to show: a row of glyphs, each one or two
// columns wide whatever the sender put in. A glyph is one character with the marks that stand on
// it; what terminals disagree about (joiners, variation selectors, skin tones, flags, marks heaped
// up) is left out or made plain, and control characters become blanks, so that no text can disturb
// the layout or reach the terminal as a command. Widths are utf8proc's, the order of right-to-left
// text fribidi's (Unicode annex 9). Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mua::screen {

struct Glyph {
  std::string text;          ///< UTF-8: a character and its marks
  std::uint8_t width = 1;    ///< columns, 1 or 2
  std::uint32_t offset = 0;  ///< octets of the text before it
  bool operator==(const Glyph&) const = default;
};

/// In logical order. Any octets may be given; offsets are into `text` when it is UTF-8.
std::vector<Glyph> glyphs(std::string_view text);

/// One line in the order in which it is seen from left to right.
std::vector<Glyph> in_visual_order(std::vector<Glyph> line);

/// Columns of the text.
int columns(std::string_view text);
int columns(const std::vector<Glyph>& line);

/// At most that many columns, "…" at the end of what was cut. Logical order.
std::vector<Glyph> cut(std::vector<Glyph> line, int columns);

std::string text_of(const std::vector<Glyph>& line);

}  // namespace mua::screen
