#include "mail/keyed_number.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

TEST(KeyedNumber, IsTheSameForTheSame) {
  EXPECT_EQ(keyed_number("k", "a@b"), keyed_number("k", "a@b"));
  EXPECT_NE(keyed_number("k", "a@b"), keyed_number("k", "a@c"));
}

TEST(KeyedNumber, NobodyKnowsItWithoutTheSecret) {
  EXPECT_NE(keyed_number("k", "a@b"), keyed_number("l", "a@b"));
}

TEST(KeyedNumber, OnlyNothingIsZero) {
  EXPECT_EQ(keyed_number("k", ""), 0u);
  EXPECT_NE(keyed_number("", "a"), 0u);
}

}  // namespace
}  // namespace mail
