#include "sendmail/submit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sendmail/exit_status.hpp"
#include "tests/sendmail/scripted_smtpd.hpp"

namespace sendmail {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

mail::smtp::OutgoingMessage message(std::vector<std::string> locals = {"bob"}) {
  mail::smtp::OutgoingMessage message;
  message.sender = {"ann", "example.test"};
  message.content = "Subject: x\r\n\r\n.dot\r\n";
  for (const std::string& local : locals)
    message.recipients.push_back({{local, "far.test"}, "NEVER", ""});
  return message;
}

TEST(Submit, SpeaksSmtp) {
  ScriptedSmtpd smtpd;
  const auto outcomes = submit(smtpd.socket(), "mail.example.test", message());
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(to_line(outcomes[0].reply), "250 2.0.0 Queued as e1-1");
  EXPECT_THAT(smtpd.commands(),
              ElementsAre("EHLO mail.example.test", StartsWith("MAIL FROM:<ann@example.test>"),
                          "RCPT TO:<bob@far.test> NOTIFY=NEVER", "DATA", "QUIT"));
  EXPECT_EQ(smtpd.message(), "Subject: x\r\n\r\n.dot\r\n");
}

TEST(Submit, EachRecipientHasItsOutcome) {
  ScriptedSmtpd smtpd(Replies{{"RCPT TO:<nobody@", "550 5.1.1 Unknown\r\n"}});
  const auto outcomes = submit(smtpd.socket(), "x.test", message({"bob", "nobody"}));
  EXPECT_EQ(outcomes.at(0).reply.code, 250);
  EXPECT_EQ(outcomes.at(1).reply.code, 550);
}

TEST(Submit, AServerThatGoesAwayMeansLater) {
  ScriptedSmtpd smtpd(Replies{{".", ""}});
  const auto outcomes = submit(smtpd.socket(), "x.test", message());
  EXPECT_TRUE(outcomes.at(0).reply.transient());
}

TEST(Submit, ASessionRefusedIsAFailure) {
  ScriptedSmtpd smtpd(Replies{{"greeting", "421 4.3.2 going down\r\n"}});
  try {
    submit(smtpd.socket(), "x.test", message());
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.status, EX_TEMPFAIL);
    EXPECT_THAT(failure.what(), HasSubstr("421 4.3.2 going down"));
  }
}

}  // namespace
}  // namespace sendmail
