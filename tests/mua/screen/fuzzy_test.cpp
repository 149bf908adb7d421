#include "mua/screen/fuzzy.hpp"

#include <gtest/gtest.h>

namespace mua::screen {
namespace {

TEST(Fuzzy, FitsLettersInOrder) {
  EXPECT_TRUE(fuzzy_score("arc24", "Archive/2024"));
  EXPECT_TRUE(fuzzy_score("", "x"));
  EXPECT_TRUE(fuzzy_score("파", "파발"));
  EXPECT_TRUE(fuzzy_score("2024 arch", "Archive/2024"));
  EXPECT_FALSE(fuzzy_score("cra", "Archive"));
}

TEST(Fuzzy, BeginningsOfWordsAreBetter) {
  EXPECT_GT(*fuzzy_score("sent", "Sent"), *fuzzy_score("sent", "Presents"));
  EXPECT_GT(*fuzzy_score("dr", "Drafts"), *fuzzy_score("dr", "Address book"));
  EXPECT_GT(*fuzzy_score("in", "INBOX"), *fuzzy_score("in", "INBOX/kept"));
}

}  // namespace
}  // namespace mua::screen
