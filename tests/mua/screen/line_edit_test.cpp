#include "mua/screen/line_edit.hpp"

#include <gtest/gtest.h>

namespace mua::screen {
namespace {

TEST(LineEdit, TypesAndErases) {
  LineEdit line("파발");
  for (const char* key : {"Left", "x", "End", "Space", "y", "Backspace"})
    EXPECT_TRUE(line.press({key}));
  EXPECT_EQ(line.text(), "파x발 ");
  for (const char* key : {"Home", "Delete", "C-e", "C-w"}) EXPECT_TRUE(line.press({key}));
  EXPECT_EQ(line.text(), "");
  EXPECT_FALSE(line.press({"Enter"}));
  EXPECT_FALSE(line.press({"F1"}));
}

TEST(LineEdit, MovesOverWholeGlyphs) {
  LineEdit line("e\xcc\x81x");
  line.press({"Left"});
  line.press({"Backspace"});
  EXPECT_EQ(line.text(), "x");
  line.insert("a\nb");
  EXPECT_EQ(line.text(), "a bx");
}

TEST(LineEdit, ScrollsToTheCursor) {
  LineEdit line("0123456789");
  Canvas canvas({1, 5});
  EXPECT_EQ(line.paint(canvas, {0, 0, 1, 5}, {}), (Position{0, 4}));
  EXPECT_EQ(text_of(canvas), "6789\n");
  line.press({"Home"});
  EXPECT_EQ(line.paint(canvas, {0, 0, 1, 5}, {}), (Position{0, 0}));
  EXPECT_EQ(text_of(canvas), "01234\n");
}

}  // namespace
}  // namespace mua::screen
