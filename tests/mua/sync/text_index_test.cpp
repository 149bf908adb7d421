#include "mua/sync/text_index.hpp"

#include <gtest/gtest.h>

namespace mua::sync {
namespace {

TEST(TextIndex, ATextIsItsTrigrams) {
  EXPECT_EQ(match_expression("abcd"), "\"abc\" AND \"bcd\"");
  EXPECT_EQ(match_expression("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(match_expression("회의록"), "\"회의록\"");
  EXPECT_EQ(match_expression("abcd", "sender"), "sender : (\"abc\" AND \"bcd\")");
  EXPECT_FALSE(match_expression("ab"));
  EXPECT_FALSE(match_expression("회의"));
  EXPECT_FALSE(match_expression(""));
}

TEST(TextIndex, ALongTextIsSomeOfItsTrigrams) {
  const std::string expression = *match_expression(std::string(100, 'x') + "end");
  EXPECT_TRUE(expression.ends_with("\"end\""));
  EXPECT_LT(expression.size(), 200u);
}

}  // namespace
}  // namespace mua::sync
