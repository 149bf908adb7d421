#include "mua/screen/colour.hpp"

#include <gtest/gtest.h>

namespace mua::screen {
namespace {

TEST(Colour, ReadsNamesNumbersAndRgb) {
  EXPECT_EQ(parse_colour("own").value(), kOwnColour);
  EXPECT_EQ(parse_colour("red").value(), 1);
  EXPECT_EQ(parse_colour("bright-white").value(), 15);
  EXPECT_EQ(parse_colour("214").value(), 214);
  EXPECT_EQ(parse_colour("#0a0B0c").value(), kRgb | 0x0A0B0C);
  for (const char* wrong : {"", "256", "-1", "#fff", "#gggggg", "bright", "bright-own", "1x"}) {
    EXPECT_FALSE(parse_colour(wrong)) << wrong;
  }
}

TEST(Colour, TheUsual256) {
  EXPECT_EQ(rgb_of(16), 0x000000u);
  EXPECT_EQ(rgb_of(231), 0xFFFFFFu);
  EXPECT_EQ(rgb_of(214), 0xFFAF00u);
  EXPECT_EQ(rgb_of(244), 0x808080u);
}

TEST(Colour, TheNearestThereIs) {
  EXPECT_EQ(nearest(kRgb | 0xFFAF00, Palette::kTrue), kRgb | 0xFFAF00);
  EXPECT_EQ(nearest(kRgb | 0xFFAF00, Palette::k256), 214);
  EXPECT_EQ(nearest(214, Palette::k256), 214);
  EXPECT_EQ(nearest(kRgb | 0xB00000, Palette::k16), 1);
  EXPECT_EQ(nearest(kRgb | 0xFF0000, Palette::k16), 9);
  EXPECT_EQ(nearest(kRgb | 0x808080, Palette::k16), 8);
  EXPECT_EQ(nearest(kRgb | 0x808080, Palette::k8), 7) << "black on black can't be read";
  EXPECT_EQ(nearest(kRgb | 0xFF0000, Palette::k8), 1);
  EXPECT_EQ(nearest(12, Palette::k16), 12);
  EXPECT_EQ(nearest(12, Palette::kNone), kOwnColour);
}

TEST(Colour, ChoosesByTheTerminal) {
  EXPECT_EQ(palette_for("", 1 << 24), Palette::kTrue);
  EXPECT_EQ(palette_for("", 256), Palette::k256);
  EXPECT_EQ(palette_for("", 16), Palette::k16);
  EXPECT_EQ(palette_for("", 8), Palette::k8);
  EXPECT_EQ(palette_for("", 0), Palette::kNone);
  EXPECT_EQ(palette_for("1", 256), Palette::kNone);
}

}  // namespace
}  // namespace mua::screen
