#include "mua/screen/direct_colour.hpp"

#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string_view>

#include "mua/screen/terminal_entry.hpp"

// Last: its macros (columns, lines) are for nobody else.
#include <ncurses.h>
#include <term.h>

namespace mua::screen {

namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

bool has_flag(const char* name) { return tigetflag(name) > 0; }

std::optional<std::string> string_of(const char* name) {
  const char* value = tigetstr(name);
  if (!value || value == reinterpret_cast<const char*>(-1)) return std::nullopt;
  return value;
}

bool says_direct() {
  const std::string colours = variable("COLORTERM");
  return has_flag("RGB") || has_flag("Tc") || colours == "truecolor" || colours == "24bit";
}

/// Keys with Shift, Alt and Control, and how the mouse is turned on: they are not among the names
/// that all descriptions have.
void add_extended(TerminalEntry& entry) {
  for (const char* name : {"XM", "E3"}) {
    if (auto value = string_of(name)) entry.own_strings.emplace_back(name, std::move(*value));
  }
  for (const char* key :
       {"kUP", "kDN", "kLFT", "kRIT", "kHOM", "kEND", "kNXT", "kPRV", "kDC", "kIC"}) {
    for (const char* modifier : {"", "3", "4", "5", "6", "7", "8"}) {
      const std::string name = std::string(key) + modifier;
      if (auto value = string_of(name.c_str())) entry.own_strings.emplace_back(name, *value);
    }
  }
  for (const char* name : {"AX", "XT"}) {
    if (has_flag(name)) entry.own_flags.emplace_back(name);
  }
}

std::size_t index_in(const char* const* names, const char* name) {
  std::size_t at = 0;
  while (names[at] && std::strcmp(names[at], name) != 0) ++at;
  return at;
}

/// The terminal that setupterm has read.
TerminalEntry entry_of_terminal() {
  TerminalEntry entry;
  entry.names = variable("TERM") + "|with direct colour";
  for (int i = 0; boolnames[i]; ++i) {
    entry.flags.push_back(has_flag(boolnames[i]) && std::strcmp(boolnames[i], "ccc") != 0);
  }
  for (int i = 0; numnames[i]; ++i) {
    const int number = tigetnum(numnames[i]);
    entry.numbers.push_back(number < 0 ? -1 : number);
  }
  for (int i = 0; strnames[i]; ++i) entry.strings.push_back(string_of(strnames[i]));
  add_extended(entry);
  return entry;
}

}  // namespace

DirectColour::DirectColour(const std::string& no_color) {
  int error = 0;
  if (!no_color.empty() || setupterm(nullptr, STDOUT_FILENO, &error) != OK) return;
  const int colours = tigetnum("colors");
  if (colours >= 256 && colours < 1 << 24 && says_direct()) {
    const TerminalEntry entry = with_direct_colour(
        entry_of_terminal(), index_in(numnames, "colors"), index_in(numnames, "pairs"),
        {index_in(strnames, "setaf"), index_in(strnames, "setab")});
    if (const char* before = std::getenv("TERMINFO")) before_ = before;
    setenv("TERMINFO", terminfo_variable(entry).c_str(), 1);
    set_ = true;
  }
  del_curterm(cur_term);
}

DirectColour::~DirectColour() {
  if (!set_) return;
  if (before_)
    setenv("TERMINFO", before_->c_str(), 1);
  else
    unsetenv("TERMINFO");
}

}  // namespace mua::screen
