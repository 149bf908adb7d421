#include "mua/sync/message_rows.hpp"

#include <gtest/gtest.h>

namespace mua::sync {
namespace {

TEST(MessageRows, KeywordsComeBackAsTheyWent) {
  const std::vector<std::string> two{"$Junk", "work"};
  EXPECT_EQ(split_words(stored_keywords(two)), two);
  EXPECT_TRUE(split_words("").empty());
  EXPECT_EQ(split_words(" a  b "), (std::vector<std::string>{"a", "b"}));
}

}  // namespace
}  // namespace mua::sync
