// Text as paragraphs and paragraphs as lines of a terminal: format=flowed is joined again
// (RFC 3676 §4), quote levels are counted, lines are broken at blanks and between wide characters.
// Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mua/screen/glyphs.hpp"

namespace mua::screen {

struct Paragraph {
  unsigned quote = 0;  ///< how many ">" stood before it
  std::string text;    ///< without them
  bool operator==(const Paragraph&) const = default;
};

enum class Flow { kFixed, kFlowed, kFlowedDelSp };

/// `text` is UTF-8 with LF line ends. In fixed text every line is a paragraph.
std::vector<Paragraph> paragraphs(std::string_view text, Flow flow);

/// Octets [begin, end) of a line that fit on one line of the terminal.
struct Piece {
  std::size_t begin = 0, end = 0;
  bool operator==(const Piece&) const = default;
};

/// At least one piece; together they are the whole line, blanks at which it was broken included.
std::vector<Piece> break_line(std::string_view line, int columns);

/// The paragraph, each of its lines with its quote marks before it: ">> ".
std::vector<std::string> wrap(const Paragraph& paragraph, int columns);

}  // namespace mua::screen
