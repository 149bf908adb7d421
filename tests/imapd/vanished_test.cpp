#include "imapd/vanished.hpp"

#include <gtest/gtest.h>

namespace imapd {
namespace {

TEST(Vanished, NamesWhatWasExpunged) {
  EXPECT_EQ(render_vanished_earlier({}, {}, {{1, 9}}), "");
  EXPECT_EQ(render_vanished_earlier({1, 2, 3, 7}, {}, {{1, 9}}), "* VANISHED (EARLIER) 1:3,7\r\n");
}

TEST(Vanished, NamesOfTheSkippedOnlyWhatWasAskedFor) {
  EXPECT_EQ(render_vanished_earlier({}, {{100, 200}}, {{1, 9}}), "");
  EXPECT_EQ(render_vanished_earlier({5}, {{6, 200}}, {{1, 8}, {150, 150}}),
            "* VANISHED (EARLIER) 5:8,150\r\n");
  EXPECT_EQ(render_vanished_earlier({}, {{10, 20}, {30, 40}}, {{1, 100}}),
            "* VANISHED (EARLIER) 10:20,30:40\r\n");
}

}  // namespace
}  // namespace imapd
