// The themes that are built in, in the words of a settings file (theme.hpp). Private to theme.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "mua/screen/style.hpp"

namespace mua::screen {

struct ThemeWords {
  std::string_view name;
  std::array<std::string_view, static_cast<std::size_t>(Tone::kCount)> looks;  ///< by tone
  std::string_view chosen;
};

/// "default" first.
std::span<const ThemeWords> theme_words();

}  // namespace mua::screen
