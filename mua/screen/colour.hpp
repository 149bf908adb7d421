// A colour as a theme means it, and as the nearest a terminal has. Pure.
//
//   colour = "own"                              the terminal's own
//          / ["bright-"] ("black" / "red" / "green" / "yellow" / "blue" / "magenta" / "cyan" /
//          "white") / 0-255                              of the 256 usual ones / "#" 6HEXDIG
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mail/result.hpp"

namespace mua::screen {

/// kOwnColour, one of the 256 usual ones, or kRgb and the octets of red, green and blue.
using Colour = std::int32_t;
inline constexpr Colour kOwnColour = -1;
inline constexpr Colour kRgb = 1 << 24;

/// How many colours there are; none also where none are wanted (NO_COLOR).
enum class Palette { kNone, k8, k16, k256, kTrue };

mail::Result<Colour, std::string> parse_colour(std::string_view word);

/// Red, green and blue as octets; of the sixteen first what terminals usually show.
std::uint32_t rgb_of(Colour colour);

/// The nearest that the palette has. Of sixteen and eight it is the nearest hue, not the nearest
/// grey.
Colour nearest(Colour colour, Palette palette);

/// `no_color` is the value of the variable NO_COLOR, `colours` what the terminal says it has.
Palette palette_for(std::string_view no_color, int colours);

}  // namespace mua::screen
