#include "mail/seq_match.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

SeqMatch match(std::string_view numbers, std::string_view uids) {
  return {SequenceSet::parse(numbers).value(), SequenceSet::parse(uids).value()};
}

std::uint32_t agreed(const SeqMatch& match, const std::vector<std::uint32_t>& uids) {
  return agreed_up_to(match, static_cast<std::uint32_t>(uids.size()),
                      [&](std::uint32_t number) { return uids.at(number - 1); });
}

TEST(SeqMatch, HasAsManyUidsAsNumbersAndNoStar) {
  EXPECT_TRUE(is_valid(match("1,3,5", "7,9:10")));
  EXPECT_TRUE(is_valid(match("1:4000000000", "2:4000000001")));
  EXPECT_FALSE(is_valid(match("1,3", "7:9")));
  EXPECT_FALSE(is_valid(match("1:*", "1:*")));
}

TEST(SeqMatch, AgreesUpToTheFirstPairThatDiffers) {
  const std::vector<std::uint32_t> uids{10, 11, 13, 20, 21};
  EXPECT_EQ(agreed(match("1,3", "10,13"), uids), 13u);
  EXPECT_EQ(agreed(match("2,4,5", "11,15,20"), uids), 11u);
  EXPECT_EQ(agreed(match("1:3", "9:11"), uids), 0u);
  EXPECT_EQ(agreed(match("1:2,4:5", "10:11,20:21"), uids), 21u);
}

TEST(SeqMatch, EndsWhereTheMailboxDoes) {
  EXPECT_EQ(agreed(match("1:4000000000", "1:4000000000"), {1, 2}), 2u);
  EXPECT_EQ(agreed(match("1", "1"), {}), 0u);
}

}  // namespace
}  // namespace mail
