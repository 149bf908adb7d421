// A line of a message on the screen.
#pragma once

#include <cstddef>
#include <string>

#include "mua/screen/style.hpp"

namespace mua::screen {

struct Line {
  std::string text;
  Tone tone = Tone::kText;
  std::size_t name = 0;  ///< octets at its beginning that are a field's name
  bool operator==(const Line&) const = default;
};

}  // namespace mua::screen
