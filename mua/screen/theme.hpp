// How the tones of style.hpp look: themes as data, a few of them built in, others in a person's
// settings. Pure.
//
//   [theme.sea]
//   based_on = "dark"                  # what isn't said here; default "default"
//   text = "#d0d0d0 on #001b26"
//   unread = "bold #ffaf00"
//   chosen = "on #204050"              # laid over the line the cursor is on
//
//   look   = *(attribute SP) [colour] ["on" SP colour]
//   attribute = "bold" / "dim" / "underlined" / "reversed"
//
// The theme "default" keeps the terminal's own foreground and background, so that light and dark
// terminals are served alike.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/result.hpp"
#include "mua/screen/colour.hpp"
#include "mua/screen/style.hpp"

namespace conf {
class TableReader;
}

namespace mua::screen {

struct Look {
  Colour foreground = kOwnColour, background = kOwnColour;
  bool bold = false, dim = false, underlined = false, reversed = false;
  bool operator==(const Look&) const = default;
};

struct Theme {
  std::string name;
  std::array<Look, static_cast<std::size_t>(Tone::kCount)> looks;
  Look chosen;
};

mail::Result<Look, std::string> parse_look(std::string_view words);

/// default, dark, light, contrast.
const std::vector<Theme>& built_in_themes();
const Theme& default_theme();

/// The built-in ones and those of the settings; throws conf::SettingsError with the place.
std::vector<Theme> read_themes(conf::TableReader& file);

/// nullptr when there is none of that name.
const Theme* find_theme(const std::vector<Theme>& themes, std::string_view name);

/// How it looks with the colours a terminal has. Without colours what stands out does so by other
/// means, whatever the theme.
Look look(const Theme& theme, Style style, Palette palette);

}  // namespace mua::screen
