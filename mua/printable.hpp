// Text from strangers on its way to a terminal: valid UTF-8 without control characters, and as wide
// as it is said to be.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mua {

/// One line: control characters (C0, DEL, C1), line and paragraph separators and the characters
/// that turn the direction of text become spaces. `text` is UTF-8, broken octets become U+FFFD.
std::string printable(std::string_view text);

/// As `printable`, but LF and tabs stay.
std::string printable_lines(std::string_view text);

/// Columns of a terminal.
std::size_t display_width(std::string_view utf8);

/// At most `columns` wide, "…" at the end of what was cut.
std::string cut_to_width(std::string_view utf8, std::size_t columns);

/// Cut, or filled with spaces, to exactly `columns`.
std::string fit_to_width(std::string_view utf8, std::size_t columns);

}  // namespace mua
