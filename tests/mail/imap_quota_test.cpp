#include "mail/imap_quota.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

TEST(ImapQuota, ReadsRootsAndLimits) {
  EXPECT_EQ(*parse_get_quota("\"\""), "");
  EXPECT_EQ(*parse_get_quota("\"#user/alice\""), "#user/alice");
  const auto set = parse_set_quota("\"#user/alice\" (STORAGE 510 message 9223372036854775807)");
  ASSERT_TRUE(set);
  EXPECT_EQ(set->limits[0], (std::pair<std::string, std::uint64_t>("STORAGE", 510)));
  EXPECT_EQ(set->limits[1].first, "MESSAGE");
  EXPECT_TRUE(parse_set_quota("x ()")->limits.empty());
}

TEST(ImapQuota, RefusesWhatIsNone) {
  EXPECT_FALSE(parse_get_quota(""));
  EXPECT_FALSE(parse_get_quota("a b"));
  for (const char* text :
       {"x", "x STORAGE 1", "x (STORAGE)", "x (STORAGE -1)", "x (STORAGE 1", "x (STORAGE 1 )"})
    EXPECT_FALSE(parse_set_quota(text)) << text;
}

}  // namespace
}  // namespace mail
