#include "mail/thread_number.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

TEST(ThreadNumber, AnswersHaveThatOfTheMessageTheyGoBackTo) {
  const auto first = thread_number("Message-ID: <a@x>\r\n\r\n");
  EXPECT_EQ(thread_number("In-Reply-To: <a@x>\r\nMessage-ID: <b@x>\r\n\r\n"), first);
  EXPECT_EQ(thread_number("References:\r\n <a@x>\r\n <b@x>\r\nIn-Reply-To: <b@x>\r\n\r\n"), first);
  EXPECT_NE(thread_number("Message-ID: <A@x>\r\n\r\n"), first);
}

TEST(ThreadNumber, WordsAroundAnIdDontCount) {
  EXPECT_EQ(thread_number("In-Reply-To: Your message of Monday <a@x>\n\n"),
            thread_number("Message-Id:<a@x>\n\n"));
}

TEST(ThreadNumber, WithoutIdsEveryHeaderIsItsOwn) {
  EXPECT_EQ(thread_number("Subject: x\n\n"), thread_number("Subject: x\n\n"));
  EXPECT_NE(thread_number("Subject: x\n\n"), thread_number("Subject: y\n\n"));
  EXPECT_NE(thread_number("References: <broken\nSubject: x\n\n"), 0);
  EXPECT_GT(thread_number(""), 0);
}

}  // namespace
}  // namespace mail
