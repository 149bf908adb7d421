// What a piece of the screen means; a theme (theme.hpp) says how that looks.
#pragma once

#include <cstdint>

namespace mua::screen {

enum class Tone : std::uint8_t {
  kText,
  kDim,
  kTitle,
  kUnread,
  kFlagged,
  kMarked,
  kBar,    ///< title and status lines
  kAlert,  ///< what wants attention
  kGood,
  kQuote1,
  kQuote2,
  kQuote3,
  kField,  ///< names of header fields
  kLink,
  kChip,    ///< attachments
  kMatch,   ///< what was searched for
  kBorder,  ///< between panes
  kCount,
};

struct Style {
  Tone tone = Tone::kText;
  bool chosen = false;  ///< the line the cursor is on
  bool operator==(const Style&) const = default;
};

}  // namespace mua::screen
