#include "imapd/message_limit.hpp"

#include <gtest/gtest.h>

namespace imapd {
namespace {

using Ranges = std::vector<mail::NumberRange>;

TEST(MessageLimit, KeepsTheHighest) {
  Ranges ranges{{1, 10}, {20, 29}, {40, 40}};
  EXPECT_EQ(cut_to_limit(ranges, 21), std::nullopt);
  EXPECT_EQ(cut_to_limit(ranges, 5), 26u);
  EXPECT_EQ(ranges, (Ranges{{26, 29}, {40, 40}}));
  EXPECT_EQ(cut_to_limit(ranges, 1), 40u);
  EXPECT_EQ(ranges, (Ranges{{40, 40}}));
}

TEST(MessageLimit, CutsBetweenRanges) {
  Ranges ranges{{1, 10}, {20, 29}};
  EXPECT_EQ(cut_to_limit(ranges, 10), 20u);
  EXPECT_EQ(ranges, (Ranges{{20, 29}}));
  Ranges none;
  EXPECT_EQ(cut_to_limit(none, 1), std::nullopt);
}

TEST(MessageLimit, LetsAPageBeCutOut) {
  Ranges ranges{{1, 10}, {20, 29}};
  EXPECT_EQ(page_of(ranges, {1, 3, false}), (Ranges{{1, 3}}));
  EXPECT_EQ(page_of(ranges, {9, 12, false}), (Ranges{{9, 10}, {20, 21}}));
  EXPECT_EQ(page_of(ranges, {1, 3, true}), (Ranges{{27, 29}}));
  EXPECT_EQ(page_of(ranges, {10, 11, true}), (Ranges{{10, 10}, {20, 20}}));
  EXPECT_EQ(page_of(ranges, {21, 30, false}), Ranges{});
  EXPECT_EQ(page_of({}, {1, 3, true}), Ranges{});
}

TEST(MessageLimit, IsTheCodeOfTheReplyWhereThatHasNone) {
  std::string out;
  EXPECT_EQ(limited(ok("done"), 3, std::nullopt, out).code, "");
  EXPECT_EQ(limited(ok("done"), 3, 7, out).code, "MESSAGELIMIT 3 7");
  EXPECT_EQ(out, "");
  EXPECT_EQ(limited(ok("done", "EXPUNGEISSUED"), 3, 7, out).code, "EXPUNGEISSUED");
  EXPECT_EQ(out, "* NO [MESSAGELIMIT 3 7] Only the last 3 messages were processed\r\n");
  EXPECT_EQ(limited(bad("no"), 3, 7, out).code, "");
}

}  // namespace
}  // namespace imapd
