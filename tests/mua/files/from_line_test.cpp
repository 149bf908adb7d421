#include "mua/files/from_line.hpp"

#include <gtest/gtest.h>

namespace mua::files {
namespace {

TEST(FromLine, GoesThereAndBack) {
  const std::string line = "From ann@example.test Sat Nov 21 12:21:59 2026\n";
  const auto from = parse_from_line(line);
  ASSERT_TRUE(from);
  EXPECT_EQ(from->sender, "ann@example.test");
  EXPECT_EQ(from->date.seconds, 1795263719);
  EXPECT_EQ(render_from_line(*from), line);
  EXPECT_EQ(render_from_line({"a b\nc", {0, 0}}), "From MAILER-DAEMON Thu Jan  1 00:00:00 1970\n");
}

TEST(FromLine, KnowsWhatOthersWrite) {
  EXPECT_EQ(parse_from_line("From - Sat Nov 21 12:21:59 2026\r\n")->date.seconds, 1795263719);
  EXPECT_EQ(parse_from_line("From a@b Sat Nov 21 13:21:59 +0100 2026")->date.seconds, 1795263719);
  EXPECT_EQ(parse_from_line("From a@b Sat Nov 21 12:21 2026 remote from c")->date.seconds,
            1795263660);
  EXPECT_EQ(parse_from_line("From a@b  Sat Nov  1 12:21:59 2026 GMT")->sender, "a@b");
}

TEST(FromLine, IsNoSentence) {
  EXPECT_FALSE(parse_from_line("From here on all is well, Sat or Sun, who knows in 2026"));
  EXPECT_FALSE(parse_from_line("From Sat to Sun"));
  EXPECT_FALSE(parse_from_line("From: ann@example.test"));
  EXPECT_FALSE(parse_from_line(""));
}

}  // namespace
}  // namespace mua::files
