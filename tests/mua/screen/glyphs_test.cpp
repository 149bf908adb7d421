#include "mua/screen/glyphs.hpp"

#include <gtest/gtest.h>

namespace mua::screen {
namespace {

std::string seen(std::string_view text) { return text_of(in_visual_order(glyphs(text))); }

TEST(Glyphs, AreOneOrTwoColumns) {
  EXPECT_EQ(columns("abc"), 3);
  EXPECT_EQ(columns("파발"), 4);
  EXPECT_EQ(columns("e\xcc\x81x"), 2);
  EXPECT_EQ(glyphs("e\xcc\x81x").size(), 2u);
  EXPECT_EQ(glyphs("파x").back().offset, 3u);
}

TEST(Glyphs, WhatTerminalsDisagreeAboutIsMadePlain) {
  EXPECT_EQ(seen("👨\xe2\x80\x8d👩"), "👨👩");
  EXPECT_EQ(seen("❤\xef\xb8\x8f!"), "❤!");
  EXPECT_EQ(seen("👋🏽"), "👋");
  EXPECT_EQ(seen("🇰🇷"), "KR");
  EXPECT_EQ(columns("🇰🇷"), 2);
}

TEST(Glyphs, ControlsAreBlanks) {
  EXPECT_EQ(seen("a\x1b[31m\x07"
                 "b\r\n\tc\x7f\xc2\x9b"),
            "a [31m b   c  ");
  EXPECT_EQ(seen("\xe2\x80\xae"
                 "exe"),
            "exe");
}

TEST(Glyphs, BrokenOctetsAndHeapsOfMarks) {
  EXPECT_EQ(seen("a\xff\xc3"), "a\xef\xbf\xbd\xef\xbf\xbd");
  std::string heap = "z";
  for (int i = 0; i < 100; ++i) heap += "\xcc\x81";
  EXPECT_EQ(glyphs(heap).size(), 1u);
  EXPECT_LE(glyphs(heap).front().text.size(), 15u);
  EXPECT_EQ(columns("\xcc\x81"), 1);
}

TEST(Glyphs, RightToLeft) {
  EXPECT_EQ(seen("abc אבג def"), "abc גבא def");
  EXPECT_EQ(seen("אבג 123"), "123 גבא");
  EXPECT_EQ(seen("אב (ג)"), "(ג) בא");
}

TEST(Glyphs, Cut) {
  EXPECT_EQ(text_of(cut(glyphs("abcdef"), 6)), "abcdef");
  EXPECT_EQ(text_of(cut(glyphs("abcdefg"), 6)), "abcde…");
  EXPECT_EQ(text_of(cut(glyphs("파발파발"), 6)), "파발…");
  EXPECT_EQ(text_of(cut(glyphs("파"), 1)), "…");
  EXPECT_EQ(text_of(cut(glyphs("파"), 0)), "");
}

}  // namespace
}  // namespace mua::screen
