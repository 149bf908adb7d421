// A terminal's description as ncurses reads it: a compiled terminfo entry in its form with numbers
// of 32 bits (term(5)), made from capabilities. Pure.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mua::screen {

struct TerminalEntry {
  std::string names;                                ///< "xterm-256color|xterm with 256 colors"
  std::vector<bool> flags;                          ///< in the order of boolnames
  std::vector<int> numbers;                         ///< in the order of numnames, -1: absent
  std::vector<std::optional<std::string>> strings;  ///< in the order of strnames
  std::vector<std::string> own_flags;               ///< extended ones that are true
  std::vector<std::pair<std::string, std::string>> own_strings;  ///< extended ones
};

/// As octets of a compiled entry.
std::string compiled(const TerminalEntry& entry);

/// "hex:..." as the variable TERMINFO may hold an entry.
std::string terminfo_variable(const TerminalEntry& entry);

/// The entry with 24 bits of colour: what is below 8 is one of the terminal's own colours.
TerminalEntry with_direct_colour(TerminalEntry entry, std::size_t colours, std::size_t pairs,
                                 std::pair<std::size_t, std::size_t> foreground_and_background);

}  // namespace mua::screen
