#include "mail/smtp_parameters.hpp"

#include <gtest/gtest.h>

namespace mail::smtp {
namespace {

TEST(SmtpParameters, NoneIsFine) {
  MailFrom mail;
  EXPECT_FALSE(read_mail_parameters("", mail));
  EXPECT_FALSE(read_mail_parameters("   ", mail));
}

TEST(SmtpParameters, AnyOrderAnyCaseAnySpaces) {
  MailFrom mail;
  EXPECT_FALSE(read_mail_parameters("  smtputf8   Size=7 ", mail));
  EXPECT_TRUE(mail.smtputf8);
  EXPECT_EQ(mail.size, 7u);
}

TEST(SmtpParameters, TheRefusalNamesTheParameter) {
  MailFrom mail;
  EXPECT_EQ(to_line(*read_mail_parameters(" FOO=bar", mail)),
            "555 5.5.4 Parameter FOO is not known here");
  EXPECT_EQ(to_line(*read_mail_parameters(" SIZE=x", mail)),
            "501 5.5.4 SIZE takes a number of octets");
  RcptTo rcpt;
  EXPECT_EQ(to_line(*read_rcpt_parameters(" ORCPT=x", rcpt)),
            "501 5.5.4 ORCPT takes type;address as xtext");
}

TEST(SmtpParameters, MailAndRcptHaveTheirOwn) {
  MailFrom mail;
  RcptTo rcpt;
  EXPECT_EQ(read_mail_parameters(" NOTIFY=NEVER", mail)->code, 555);
  EXPECT_EQ(read_rcpt_parameters(" RET=FULL", rcpt)->code, 555);
}

}  // namespace
}  // namespace mail::smtp
