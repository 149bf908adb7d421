#include "mail/rights.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

TEST(Rights, HaveALetterEachAndTwoForSeveral) {
  EXPECT_EQ(render_rights(Rights::all()), "lrswipkxtecda");
  EXPECT_EQ(render_rights({}), "");
  EXPECT_EQ(*parse_rights("rl"), Right::kLookup | Right::kRead);
  EXPECT_EQ(render_rights(*parse_rights("c")), "kxc");
  EXPECT_EQ(render_rights(*parse_rights("d")), "ted");
  EXPECT_EQ(render_rights(Right::kCreate), "kc");
  EXPECT_EQ(*parse_rights("lrswipkxtea"), Rights::all());
  EXPECT_EQ(*parse_rights(""), Rights());
}

TEST(Rights, OnesOwnLettersStandForNothingElse) {
  for (const char* letters : {"", "k", "x", "lrst", "lrswipkxtea"})
    EXPECT_EQ(letters_of(*parse_rights(letters)), letters);
}

TEST(Rights, RefuseWhatIsNone) {
  EXPECT_EQ(parse_rights("lQ").error().reason, "uppercase rights are not allowed");
  EXPECT_EQ(parse_rights("q").error().reason, "the right \"q\" is not supported");
  EXPECT_FALSE(parse_rights("l r"));
  EXPECT_FALSE(parse_rights("0"));
  EXPECT_FALSE(parse_rights("\xc3\xa9"));
}

TEST(Rights, ChangeByAPrefix) {
  const Rights before = *parse_rights("lr");
  const auto changed = [&](std::string_view text) {
    return render_rights(parse_rights_change(text)->applied_to(before));
  };
  EXPECT_EQ(changed("s"), "s");
  EXPECT_EQ(changed(""), "");
  EXPECT_EQ(changed("+s"), "lrs");
  EXPECT_EQ(changed("-rw"), "l");
  EXPECT_EQ(changed("+"), "lr");
  EXPECT_FALSE(parse_rights_change("+-l"));
}

TEST(Rights, SayWhichFlagsAreLeft) {
  const FlagSet flags{kSeen | kDeleted | kFlagged, {"$Work"}};
  EXPECT_EQ(permitted(flags, Right::kSeen), (FlagSet{kSeen, {}}));
  EXPECT_EQ(permitted(flags, Right::kDeleteMessages), (FlagSet{kDeleted, {}}));
  EXPECT_EQ(permitted(flags, Right::kWrite), (FlagSet{kFlagged, {"$Work"}}));
  EXPECT_EQ(permitted(flags, Rights::all()), flags);
  EXPECT_EQ(permitted(flags, Right::kRead), FlagSet());
}

}  // namespace
}  // namespace mail
