// A note that a terminal shows on the desktop: OSC 777 (urxvt, foot, Ghostty, WezTerm), or kitty's
// OSC 99. Terminals that know neither pass it over. Pure.
#pragma once

#include <string>
#include <string_view>

namespace mua::screen {

/// `term` is the variable TERM; title and body have no control characters.
std::string terminal_note(std::string_view term, std::string title, std::string body);

}  // namespace mua::screen
