#include "mail/ascii.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

TEST(Ascii, LowersAndComparesLettersOnly) {
  EXPECT_EQ(ascii_lower("AZ[@é"), "az[@é");
  EXPECT_TRUE(same_ignoring_case("Subject", "SUBJECT"));
  EXPECT_FALSE(same_ignoring_case("Subject", "Subjects"));
  EXPECT_FALSE(same_ignoring_case("[", "{"));
}

TEST(Ascii, Trims) {
  EXPECT_EQ(trim(" \t a b \r\n"), "a b");
  EXPECT_EQ(trim(" \n"), "");
}

TEST(Ascii, KnowsItself) {
  EXPECT_TRUE(is_ascii("a\x7F"));
  EXPECT_FALSE(is_ascii("\x80"));
}

}  // namespace
}  // namespace mail
