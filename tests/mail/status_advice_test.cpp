#include "mail/status_advice.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

TEST(StatusAdvice, GoesByTheCodeThenByItsSubjectThenGenerally) {
  EXPECT_NE(advice_for("5.2.2").find("full"), std::string_view::npos);
  EXPECT_EQ(advice_for("5.1.99"), advice_for("5.1.1"));
  EXPECT_EQ(advice_for("5.1.10"), advice_for("5.1.2"));
  EXPECT_NE(advice_for("5.7.1"), advice_for("5.7.10"));
  EXPECT_EQ(advice_for("5.0.0"), advice_for("5.9.9"));
}

TEST(StatusAdvice, WhatIsNoCodeIsAnsweredToo) {
  for (const char* status : {"", "5", "5.", "x", "5.1"}) EXPECT_FALSE(advice_for(status).empty());
}

}  // namespace
}  // namespace mail
