#include "mua/screen/canvas.hpp"

#include <gtest/gtest.h>

namespace mua::screen {
namespace {

TEST(Canvas, PutsAndCuts) {
  Canvas c({2, 10});
  EXPECT_EQ(c.put({0, 0}, "hello", {}, 10), 5);
  EXPECT_EQ(c.put({1, 6}, "hello", {}, 10), 4);
  EXPECT_EQ(c.put({2, 0}, "x", {}, 10), 0);
  EXPECT_EQ(c.put({0, -1}, "x", {}, 10), 0);
  EXPECT_EQ(text_of(c), "hello\n      hel…\n");
}

TEST(Canvas, WideGlyphsNeverLeaveHalves) {
  Canvas c({1, 6});
  c.put({0, 0}, "파발이", {}, 6);
  c.put({0, 1}, "x", {}, 1);
  EXPECT_EQ(text_of(c), " x발이\n");
  c.put({0, 3}, "가", {}, 2);
  EXPECT_EQ(text_of(c), " x 가\n");
  int width = 0;
  for (int i = 0; i < 6; ++i) width += c.at({0, i}).width;
  EXPECT_EQ(width, 6);
}

TEST(Canvas, Frames) {
  Canvas c({3, 12});
  c.frame({0, 0, 3, 12}, "Help");
  EXPECT_EQ(text_of(c), "┌─ Help ───┐\n│          │\n└──────────┘\n");
}

TEST(Canvas, FillsWithinItself) {
  Canvas c({2, 4});
  c.put({0, 0}, "abcd", {}, 4);
  c.fill({0, 2, 9, 9}, {Tone::kBar, false});
  EXPECT_EQ(text_of(c), "ab\n\n");
  EXPECT_EQ(c.at({1, 3}).style.tone, Tone::kBar);
}

}  // namespace
}  // namespace mua::screen
