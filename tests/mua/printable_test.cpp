#include "mua/printable.hpp"

#include <gtest/gtest.h>

namespace mua {
namespace {

TEST(Printable, TakesControlsAway) {
  EXPECT_EQ(printable("a\x1b]0;x\x07 b\r\nc\td\x7f"), "a ]0;x  b  c d ");
  EXPECT_EQ(printable("a\xc2\x9b"
                      "31mb"),
            "a 31mb");
  EXPECT_EQ(printable("a\xff"), "a\xef\xbf\xbd");
  EXPECT_EQ(printable_lines("a\r\nb\tc\x1b"), "a \nb\tc ");
}

TEST(Printable, MeasuresColumns) {
  EXPECT_EQ(display_width("abc"), 3u);
  EXPECT_EQ(display_width("파발"), 4u);
  EXPECT_EQ(display_width("e\xcc\x81"), 1u);
}

TEST(Printable, CutsAndFills) {
  EXPECT_EQ(cut_to_width("abcdef", 6), "abcdef");
  EXPECT_EQ(cut_to_width("abcdefg", 6), "abcde…");
  EXPECT_EQ(cut_to_width("파발파발", 6), "파발…");
  EXPECT_EQ(fit_to_width("파발파발", 6), "파발… ");
  EXPECT_EQ(fit_to_width("ab", 4), "ab  ");
  EXPECT_EQ(cut_to_width("ab", 0), "");
}

}  // namespace
}  // namespace mua
