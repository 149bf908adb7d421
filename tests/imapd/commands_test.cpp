#include "imapd/commands.hpp"

#include <gtest/gtest.h>

namespace imapd {
namespace {

TEST(Commands, FindsVerbs) {
  ASSERT_NE(find_command("UID FETCH"), nullptr);
  EXPECT_EQ(find_command("UID FETCH")->verb, "UID FETCH");
  EXPECT_EQ(find_command("UID NOOP"), nullptr);
  EXPECT_EQ(find_command(""), nullptr);
}

TEST(Commands, HoldsExpungesOnlyWhereSequenceNumbersAreInUse) {
  for (auto verb : {"FETCH", "STORE", "SEARCH"}) {
    EXPECT_EQ(find_command(verb)->expunges, Expunges::kHold) << verb;
    EXPECT_EQ(find_command(std::string("UID ") + verb)->expunges, Expunges::kTell) << verb;
  }
}

TEST(Commands, KnowsTheStates) {
  EXPECT_TRUE(is_allowed(Allowed::kAnyState, State::kNotAuthenticated));
  EXPECT_TRUE(is_allowed(Allowed::kAuthenticated, State::kSelected));
  EXPECT_FALSE(is_allowed(Allowed::kAuthenticated, State::kNotAuthenticated));
  EXPECT_FALSE(is_allowed(Allowed::kSelected, State::kAuthenticated));
  EXPECT_FALSE(is_allowed(Allowed::kNotAuthenticated, State::kAuthenticated));
}

TEST(Commands, CountsByUidWhereTheVerbSaysSo) {
  EXPECT_EQ(numbering_of({"a", "UID STORE", ""}), Numbering::kUid);
  EXPECT_EQ(numbering_of({"a", "STORE", ""}), Numbering::kSequence);
}

}  // namespace
}  // namespace imapd
