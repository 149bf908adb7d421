// How the tones of style.hpp look, for terminals with 256 colours, with 16, and with none or none
// wanted (NO_COLOR). Foreground and background stay the terminal's own wherever they can, so that
// light and dark terminals are served alike. Pure.
#pragma once

#include <string_view>

#include "mua/screen/style.hpp"

namespace mua::screen {

enum class Palette { kNone, k16, k256 };

struct Look {
  short foreground = -1, background = -1;  ///< -1: the terminal's own
  bool bold = false, dim = false, underlined = false, reversed = false;
  bool operator==(const Look&) const = default;
};

Look look(Style style, Palette palette);

/// `no_color` is the value of the variable NO_COLOR, `colours` what the terminal says it has.
Palette palette_for(std::string_view no_color, int colours);

}  // namespace mua::screen
