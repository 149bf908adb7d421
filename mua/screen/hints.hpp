// The keys that are shown in the status line when there is nothing else to say: those of the
// profile, and a person's own.
#pragma once

#include <string>

#include "mua/screen/keymap.hpp"

namespace mua::screen {

/// "Enter read  m write  r reply"
std::string list_hint(const Keymap& keymap);
std::string reader_hint(const Keymap& keymap);
std::string letter_hint(const Keymap& keymap);

/// "^X" for "C-x".
std::string shown_key(std::string_view key);

}  // namespace mua::screen
