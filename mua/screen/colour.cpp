#include "mua/screen/colour.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <limits>
#include <optional>

namespace mua::screen {

namespace {

constexpr std::array<std::string_view, 8> kColourNames{"black", "red",     "green", "yellow",
                                                       "blue",  "magenta", "cyan",  "white"};
constexpr std::array<std::uint32_t, 16> kUsual{
    0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
    0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF};
constexpr std::array<int, 6> kSteps{0, 95, 135, 175, 215, 255};
constexpr int kCube = 16, kGreys = 232;
// What differs less from grey is taken for grey.
constexpr int kHue = 40;
constexpr int kBright = 8;

struct Rgb {
  int red, green, blue;
};

Rgb parts(std::uint32_t rgb) {
  return {static_cast<int>(rgb >> 16 & 0xFF), static_cast<int>(rgb >> 8 & 0xFF),
          static_cast<int>(rgb & 0xFF)};
}

std::optional<int> number(std::string_view text, int base) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

Colour nearest_of_256(Colour colour) {
  const Rgb sought = parts(rgb_of(colour));
  int best = 0, distance = std::numeric_limits<int>::max();
  for (int i = kCube; i < 256; ++i) {
    const Rgb one = parts(rgb_of(i));
    const int red = one.red - sought.red, green = one.green - sought.green;
    const int blue = one.blue - sought.blue;
    const int apart = red * red + green * green + blue * blue;
    if (apart >= distance) continue;
    distance = apart;
    best = i;
  }
  return best;
}

Colour nearest_of_16(Colour colour) {
  const Rgb sought = parts(rgb_of(colour));
  const auto [low, high] = std::minmax({sought.red, sought.green, sought.blue});
  if (high - low < kHue) return high < 64 ? 0 : high < 160 ? kBright : high < 224 ? 7 : 15;
  const int middle = (low + high) / 2;
  const int hue = (sought.red >= middle ? 1 : 0) | (sought.green >= middle ? 2 : 0) |
                  (sought.blue >= middle ? 4 : 0);
  return high > 224 ? hue + kBright : hue;
}

}  // namespace

mail::Result<Colour, std::string> parse_colour(std::string_view word) {
  if (word == "own") return kOwnColour;
  if (word.starts_with('#')) {
    const auto rgb = number(word.substr(1), 16);
    if (rgb && word.size() == 7) return kRgb | *rgb;
  } else if (const auto index = number(word, 10); index && *index < 256) {
    return *index;
  }
  const bool bright = word.starts_with("bright-");
  const std::string_view name = bright ? word.substr(7) : word;
  const auto found = std::find(kColourNames.begin(), kColourNames.end(), name);
  if (found != kColourNames.end()) {
    return static_cast<Colour>(found - kColourNames.begin()) + (bright ? kBright : 0);
  }
  return mail::unexpected(
      fmt::format("\"{}\" is no colour such as red, bright-blue, 214, #ffaf00, own", word));
}

std::uint32_t rgb_of(Colour colour) {
  if (colour < 0) return 0;
  if (colour & kRgb) return static_cast<std::uint32_t>(colour & 0xFFFFFF);
  if (colour < kCube) return kUsual[static_cast<std::size_t>(colour)];
  if (colour >= kGreys) return static_cast<std::uint32_t>(8 + 10 * (colour - kGreys)) * 0x010101;
  const auto step = [&](int by) {
    return static_cast<std::uint32_t>(
        kSteps[static_cast<std::size_t>((colour - kCube) / by % static_cast<int>(kSteps.size()))]);
  };
  return step(36) << 16 | step(6) << 8 | step(1);
}

Colour nearest(Colour colour, Palette palette) {
  if (colour == kOwnColour || palette == Palette::kNone) return kOwnColour;
  if (palette == Palette::kTrue) return colour;
  if (palette == Palette::k256) return colour & kRgb ? nearest_of_256(colour) : colour;
  const Colour of16 = colour >= kCube ? nearest_of_16(colour) : colour;
  if (palette == Palette::k16) return of16;
  // Bright black would be black.
  return of16 == kBright ? 7 : of16 % kBright;
}

Palette palette_for(std::string_view no_color, int colours) {
  if (!no_color.empty() || colours < 8) return Palette::kNone;
  if (colours >= kRgb) return Palette::kTrue;
  return colours >= 256 ? Palette::k256 : colours >= 16 ? Palette::k16 : Palette::k8;
}

}  // namespace mua::screen
