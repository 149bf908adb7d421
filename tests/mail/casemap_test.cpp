#include "mail/casemap.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

TEST(Casemap, CaseMakesNoDifference) {
  EXPECT_EQ(casemap("Hello, World"), "HELLO, WORLD");
  EXPECT_EQ(casemap("straße ÉCOLE"), casemap("STRAßE école"));
  EXPECT_EQ(casemap("ΑΛΦΑ"), casemap("αλφα"));
}

TEST(Casemap, TheFormOfAccentsMakesNoDifference) {
  EXPECT_EQ(casemap("caf\u00e9"), casemap("cafe\u0301"));
  EXPECT_EQ(casemap("각"), casemap("\u1100\u1161\u11a8"));
  EXPECT_EQ(casemap("ﬁ"), "fi");  // titlecase maps no ligature, decomposition does (RFC 5051 §2)
}

TEST(Casemap, KoreanIsOrderedAsItsSyllables) {
  EXPECT_LT(casemap("가나"), casemap("각"));
  EXPECT_LT(casemap("각"), casemap("나"));
}

TEST(Casemap, OrdersLettersBeforeUnderscoreAndBracket) {
  EXPECT_LT(casemap("c"), casemap("[xyz]"));
  EXPECT_LT(casemap("[xyz]"), casemap("_"));
}

TEST(Casemap, BrokenUtf8IsRepaired) {
  EXPECT_EQ(casemap("a\xff"
                    "b"),
            "A\ufffdB");
  EXPECT_EQ(casemap(""), "");
}

}  // namespace
}  // namespace mail
