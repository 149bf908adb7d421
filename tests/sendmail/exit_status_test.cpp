#include "sendmail/exit_status.hpp"

#include <gtest/gtest.h>

namespace sendmail {
namespace {

int status(int code, const char* enhanced) {
  return exit_status_of(mail::smtp::Reply(code, enhanced, "text"));
}

TEST(ExitStatus, GoesByTheCode) {
  EXPECT_EQ(status(250, "2.1.5"), EX_OK);
  EXPECT_EQ(status(450, "4.2.1"), EX_TEMPFAIL);
  EXPECT_EQ(status(550, "5.1.1"), EX_NOUSER);
  EXPECT_EQ(status(556, "5.1.10"), EX_NOHOST);
  EXPECT_EQ(status(550, "5.1.2"), EX_NOHOST);
  EXPECT_EQ(status(552, "5.3.4"), EX_DATAERR);
  EXPECT_EQ(status(554, "5.6.0"), EX_DATAERR);
  EXPECT_EQ(status(550, "5.7.1"), EX_NOPERM);
  EXPECT_EQ(status(550, ""), EX_UNAVAILABLE);
}

TEST(ExitStatus, OfSeveralTheOneThatTryingAgainDoesNotHelp) {
  EXPECT_EQ(worse_of(EX_OK, EX_OK), EX_OK);
  EXPECT_EQ(worse_of(EX_OK, EX_TEMPFAIL), EX_TEMPFAIL);
  EXPECT_EQ(worse_of(EX_TEMPFAIL, EX_NOUSER), EX_NOUSER);
  EXPECT_EQ(worse_of(EX_NOUSER, EX_TEMPFAIL), EX_NOUSER);
  EXPECT_EQ(worse_of(EX_NOUSER, EX_OK), EX_NOUSER);
}

}  // namespace
}  // namespace sendmail
