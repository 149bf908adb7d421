#include "mail/sequence_set.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

using Ranges = std::vector<NumberRange>;

TEST(SequenceSet, ParsesAndRendersTheSame) {
  for (const char* text : {"1", "*", "1:3", "1:*", "*:4", "2,4:7,9,12:*", "4294967294"}) {
    const auto set = SequenceSet::parse(text);
    ASSERT_TRUE(set) << text;
    EXPECT_EQ(set->to_string(), text);
  }
}

TEST(SequenceSet, RefusesWhatIsNone) {
  for (const char* text : {"", "0", "1:", ":1", "1,", ",1", "1,,2", "01", "1:0", "a", "1 ", "$",
                           "4294967296", "-1", "+1", "1:2:3", "**"}) {
    EXPECT_FALSE(SequenceSet::parse(text)) << text;
  }
}

TEST(SequenceSet, ResolvesSortedAndMerged) {
  EXPECT_EQ(SequenceSet::parse("5,1:3,4")->resolve(9), (Ranges{{1, 5}}));
  EXPECT_EQ(SequenceSet::parse("7:5,2")->resolve(9), (Ranges{{2, 2}, {5, 7}}));
  EXPECT_EQ(SequenceSet::parse("*")->resolve(9), (Ranges{{9, 9}}));
  // RFC 9051 §6.4.8: 559:* holds the last message even when its number is less than 559.
  EXPECT_EQ(SequenceSet::parse("559:*")->resolve(9), (Ranges{{9, 559}}));
  EXPECT_EQ(SequenceSet::parse("1:*,*")->resolve(0), Ranges{});
  EXPECT_FALSE(SequenceSet::parse("10:4294967295")->contains(9, 9));
}

TEST(SequenceSet, Contains) {
  const auto set = *SequenceSet::parse("2,5:7,*");
  for (const std::uint32_t inside : {2U, 5U, 6U, 7U, 20U}) EXPECT_TRUE(set.contains(inside, 20));
  for (const std::uint32_t outside : {1U, 3U, 8U, 19U}) EXPECT_FALSE(set.contains(outside, 20));
  EXPECT_TRUE(SequenceSet::parse("30:*")->contains(20, 20));
  EXPECT_FALSE(SequenceSet::parse("1:*")->contains(1, 0));
}

TEST(SequenceSet, BuiltFromNumbersIsTheShortest) {
  EXPECT_EQ(SequenceSet::of({}).to_string(), "");
  EXPECT_TRUE(SequenceSet::of({}).empty());
  EXPECT_EQ(SequenceSet::of({1, 2, 3, 5, 7, 8}).to_string(), "1:3,5,7:8");
}

}  // namespace
}  // namespace mail
