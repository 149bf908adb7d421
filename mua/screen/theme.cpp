#include "mua/screen/theme.hpp"

#include <array>
#include <cstddef>

namespace mua::screen {

namespace {

struct Entry {
  Look plain;   ///< without colours
  short in16;   ///< foreground
  short in256;  ///< foreground
};

constexpr Look kPlain{};
constexpr Look kBold{-1, -1, true, false, false, false};
constexpr Look kFaint{-1, -1, false, true, false, false};
constexpr Look kUnderlined{-1, -1, false, false, true, false};
constexpr Look kReversed{-1, -1, false, false, false, true};
constexpr Look kBoldReversed{-1, -1, true, false, false, true};

constexpr std::array<Entry, static_cast<std::size_t>(Tone::kCount)> kTable{{
    {kPlain, -1, -1},         // kText
    {kFaint, -1, 244},        // kDim
    {kBold, -1, -1},          // kTitle
    {kBold, -1, -1},          // kUnread
    {kBold, 3, 172},          // kFlagged
    {kBold, 6, 37},           // kMarked
    {kReversed, -1, -1},      // kBar
    {kBoldReversed, 1, 160},  // kAlert
    {kBold, 2, 34},           // kGood
    {kPlain, 6, 31},          // kQuote1
    {kPlain, 2, 64},          // kQuote2
    {kPlain, 5, 97},          // kQuote3
    {kBold, 4, 67},           // kField
    {kUnderlined, 4, 33},     // kLink
    {kReversed, 6, 37},       // kChip
    {kBoldReversed, 3, 178},  // kMatch
    {kFaint, -1, 240},        // kBorder
}};

}  // namespace

Look look(Style style, Palette palette) {
  const Entry& entry = kTable[static_cast<std::size_t>(style.tone)];
  Look out = entry.plain;
  if (palette == Palette::k16) out.foreground = entry.in16;
  if (palette == Palette::k256) {
    out.foreground = entry.in256;
    out.dim = out.dim && entry.in256 < 0;
  }
  if (style.chosen) out.reversed = true;
  return out;
}

Palette palette_for(std::string_view no_color, int colours) {
  if (!no_color.empty() || colours < 8) return Palette::kNone;
  return colours >= 256 ? Palette::k256 : Palette::k16;
}

}  // namespace mua::screen
