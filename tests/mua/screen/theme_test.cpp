#include "mua/screen/theme.hpp"

#include <gtest/gtest.h>

namespace mua::screen {
namespace {

TEST(Theme, NoColorHasNone) {
  for (int tone = 0; tone < static_cast<int>(Tone::kCount); ++tone) {
    const Look seen = look({static_cast<Tone>(tone), false}, Palette::kNone);
    EXPECT_EQ(seen.foreground, -1);
    EXPECT_EQ(seen.background, -1);
  }
  EXPECT_TRUE(look({Tone::kUnread, false}, Palette::kNone).bold);
  EXPECT_TRUE(look({Tone::kText, true}, Palette::kNone).reversed);
}

TEST(Theme, ChoosesByTheTerminal) {
  EXPECT_EQ(palette_for("", 256), Palette::k256);
  EXPECT_EQ(palette_for("", 8), Palette::k16);
  EXPECT_EQ(palette_for("", 0), Palette::kNone);
  EXPECT_EQ(palette_for("1", 256), Palette::kNone);
  EXPECT_LT(look({Tone::kAlert, false}, Palette::k16).foreground, 16);
}

}  // namespace
}  // namespace mua::screen
