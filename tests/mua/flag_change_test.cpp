#include "mua/flag_change.hpp"

#include <gtest/gtest.h>

namespace mua {
namespace {

TEST(FlagChange, ReadsSystemFlagsAndKeywords) {
  const auto changes = parse_flag_changes({"+seen", "-Flagged", "+\\Answered", "+$work", "-Junk"});
  ASSERT_TRUE(changes);
  EXPECT_EQ(changes->add, (mail::FlagSet{mail::kSeen | mail::kAnswered, {"$work"}}));
  EXPECT_EQ(changes->remove, (mail::FlagSet{mail::kFlagged, {"Junk"}}));
}

TEST(FlagChange, RefusesWhatIsNoFlag) {
  for (const char* word :
       {"", "+", "-", "seen", "+a b", "+a)", "+a\r\nA2 LOGOUT", "+파", "+\\", "+\\Recent"}) {
    EXPECT_FALSE(parse_flag_changes({word})) << word;
  }
}

}  // namespace
}  // namespace mua
