#include "mua/sync/journal_effects.hpp"

#include <gtest/gtest.h>

namespace mua::sync {
namespace {

TEST(JournalEffects, FlagsChangeOnce) {
  mail::FlagSet flags;
  EXPECT_TRUE(change_flag(flags, "\\Seen", true));
  EXPECT_FALSE(change_flag(flags, "\\seen", true));
  EXPECT_TRUE(change_flag(flags, "$Work", true));
  EXPECT_FALSE(change_flag(flags, "$WORK", true));
  EXPECT_EQ(flags, (mail::FlagSet{mail::kSeen, {"$Work"}}));
  EXPECT_TRUE(change_flag(flags, "$work", false));
  EXPECT_TRUE(change_flag(flags, "\\Seen", false));
  EXPECT_FALSE(change_flag(flags, "\\Seen", false));
  EXPECT_EQ(flags, mail::FlagSet{});
}

}  // namespace
}  // namespace mua::sync
