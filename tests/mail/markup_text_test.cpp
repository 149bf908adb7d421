#include "mail/markup_text.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

TEST(MarkupText, LeavesTagsOutAndWordsApart) {
  EXPECT_EQ(markup_text("<p>Hello <b>w</b>orld</p>"), " Hello world ");
  EXPECT_EQ(markup_text("one<br/>two<DIV class=\"x\">three"), "one two three");
}

TEST(MarkupText, LeavesOutWhatIsNotRead) {
  EXPECT_EQ(markup_text("<html><head><title>t</title></head><body>x"), "    x");
  EXPECT_EQ(markup_text("<STYLE>p { color: red }</style>x<script>1 < 2</script>y"), "  x  y");
  EXPECT_EQ(markup_text("<head><meta><body>x"), "  x");
  EXPECT_EQ(markup_text("a<!-- <b>no</b> -->b"), "ab");
  EXPECT_EQ(markup_text("a<!-- never closed"), "a");
  EXPECT_EQ(markup_text("<script/>x<!DOCTYPE html>y"), " x y");
}

TEST(MarkupText, DecodesCharacterReferences) {
  EXPECT_EQ(markup_text("&lt;a&gt; &amp;amp; &#39;&#x20AC;&hellip;"), "<a> &amp; '€…");
  EXPECT_EQ(markup_text("R&D &nosuch; &#; &#xD800; &#99999999; &"),
            "R&D &nosuch; &#; &#xD800; &#99999999; &");
}

TEST(MarkupText, TakesAnythingElseForText) {
  EXPECT_EQ(markup_text("2 < 3 and 4 <5"), "2 < 3 and 4 <5");
  EXPECT_EQ(markup_text("<"), "<");
  EXPECT_EQ(markup_text("</"), "</");
  EXPECT_EQ(markup_text("<a href="), "<a href=");
  EXPECT_EQ(markup_text(""), "");
}

}  // namespace
}  // namespace mail
