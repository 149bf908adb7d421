#include "mua/screen/wrap.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mua::screen {
namespace {

using testing::ElementsAre;

TEST(Wrap, FixedLinesAreParagraphs) {
  EXPECT_THAT(paragraphs("a\n\n> b\n>> c\n> > d\n >e\n", Flow::kFixed),
              ElementsAre(Paragraph{0, "a"}, Paragraph{0, ""}, Paragraph{1, "b"}, Paragraph{2, "c"},
                          Paragraph{2, "d"}, Paragraph{0, " >e"}));
}

TEST(Wrap, FlowedLinesAreJoined) {
  EXPECT_THAT(paragraphs("one \ntwo\nthree\n> q \n> r\n>> s \nt\n", Flow::kFlowed),
              ElementsAre(Paragraph{0, "one two"}, Paragraph{0, "three"}, Paragraph{1, "q r"},
                          Paragraph{2, "s "}, Paragraph{0, "t"}));
  EXPECT_THAT(paragraphs("파 \n발\n", Flow::kFlowedDelSp), ElementsAre(Paragraph{0, "파발"}));
  EXPECT_THAT(paragraphs(" From x\n >y\n", Flow::kFlowed),
              ElementsAre(Paragraph{0, "From x"}, Paragraph{0, ">y"}));
}

TEST(Wrap, TheSignatureLineJoinsNothing) {
  EXPECT_THAT(paragraphs("text \n-- \nAnn\n", Flow::kFlowed),
              ElementsAre(Paragraph{0, "text "}, Paragraph{0, "-- "}, Paragraph{0, "Ann"}));
}

TEST(Wrap, BreaksAtBlanksAndBetweenWideCharacters) {
  EXPECT_THAT(wrap({0, "one two three"}, 10), ElementsAre("one two", "three"));
  EXPECT_THAT(wrap({1, "one two three"}, 12), ElementsAre("> one two", "> three"));
  EXPECT_THAT(wrap({3, "x"}, 20), ElementsAre(">>> x"));
  EXPECT_THAT(wrap({0, "파발파발파발"}, 10), ElementsAre("파발파발파", "발"));
  EXPECT_THAT(wrap({0, "abcdefghijklmnop"}, 10), ElementsAre("abcdefghij", "klmnop"));
  EXPECT_THAT(wrap({0, ""}, 10), ElementsAre(""));
  EXPECT_THAT(wrap({0, "a\tb"}, 20), ElementsAre("a       b"));
}

TEST(Wrap, PiecesAreTheWholeLine) {
  const std::string text = "ab  cd 파발 xxxxxxxxxxxxxxxxxxxxx e\xcc\x81 ";
  for (int width = 2; width < 40; ++width) {
    std::string whole;
    for (const Piece& piece : break_line(text, width)) {
      whole += text.substr(piece.begin, piece.end - piece.begin);
    }
    EXPECT_EQ(whole, text) << width;
  }
}

}  // namespace
}  // namespace mua::screen
