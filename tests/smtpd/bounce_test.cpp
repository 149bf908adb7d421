#include "smtpd/bounce.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace smtpd {
namespace {

using testing::HasSubstr;
using testing::Not;

class BounceTest : public testing::Test {
 protected:
  BounceTest() {
    message_.sender = {"alice", "example.test"};
    message_.content =
        mailstore::Content::of("Subject: lost\r\nFrom: alice@example.test\r\n\r\nthe body\r\n");
    message_.recipients.resize(1);
    message_.recipients[0].address = {"dave", "elsewhere.test"};
    message_.recipients[0].original = "dave@elsewhere.test";
  }

  Attempt attempt(Attempt::End end, std::string reply = "550 5.1.1 No such user",
                  std::string remote = "mx.elsewhere.test") {
    auto message = std::make_shared<const mailstore::QueuedMessage>(message_);
    return {{message, &message->recipients[0]}, end, std::move(reply), std::move(remote), false};
  }

  std::string report(const Attempt& attempt) {
    return write_report({"mail.example.test", "example.test"}, {attempt}, 0);
  }

  mailstore::QueuedMessage message_;
};

TEST_F(BounceTest, TellsPeopleAndPrograms) {
  message_.envid = "a+2Bb";
  message_.recipients[0].orcpt = "rfc822;Dave+40elsewhere.test";
  const std::string text = report(attempt(Attempt::End::kFailed));
  EXPECT_THAT(text, HasSubstr("To: alice@example.test\r\n"));
  EXPECT_THAT(text, HasSubstr("From: Mail delivery <postmaster@example.test>\r\n"));
  EXPECT_THAT(text, HasSubstr("Auto-Submitted: auto-replied\r\n"));
  EXPECT_THAT(text, HasSubstr("  dave@elsewhere.test\r\n"
                              "    mx.elsewhere.test said: 550 5.1.1 No such user\r\n"));
  EXPECT_THAT(text, HasSubstr("Reporting-MTA: dns;mail.example.test\r\n"
                              "Original-Envelope-Id: a+b\r\n"));
  EXPECT_THAT(text, HasSubstr("\r\n\r\nOriginal-Recipient: rfc822;Dave@elsewhere.test\r\n"
                              "Final-Recipient: rfc822;dave@elsewhere.test\r\n"
                              "Action: failed\r\nStatus: 5.1.1\r\n"
                              "Remote-MTA: dns;mx.elsewhere.test\r\n"
                              "Diagnostic-Code: smtp;550 5.1.1 No such user\r\n"));
  EXPECT_THAT(text, HasSubstr("Content-Type: message/rfc822\r\n"
                              "Content-Transfer-Encoding: 7bit\r\n\r\nSubject: lost\r\n"));
  EXPECT_THAT(text, HasSubstr("the body\r\n"));
}

TEST_F(BounceTest, XtextBreaksOutOfNoField) {
  message_.envid = "a+0D+0AX-Evil:+20yes";
  message_.recipients[0].orcpt = "rfc822;b+0AX-Evil:+20yes";
  EXPECT_THAT(report(attempt(Attempt::End::kFailed)), Not(HasSubstr("X-Evil: yes")));
}

TEST_F(BounceTest, ReturnsWhatRetSays) {
  message_.ret = "HDRS";
  EXPECT_THAT(report(attempt(Attempt::End::kFailed)), Not(HasSubstr("the body")));
  message_.ret = "";
  message_.content = mailstore::Content::of("Subject: big\r\n\r\n" + std::string(70000, 'x'));
  EXPECT_LT(report(attempt(Attempt::End::kFailed)).size(), 5000u);
  message_.ret = "FULL";
  EXPECT_GT(report(attempt(Attempt::End::kFailed)).size(), 70000u);
  message_.body = "BINARYMIME";
  EXPECT_LT(report(attempt(Attempt::End::kFailed)).size(), 5000u);
}

TEST_F(BounceTest, AFailureForTimeHasClassFive) {
  EXPECT_THAT(report(attempt(Attempt::End::kFailed, "451 4.4.1 no answer")),
              HasSubstr("Status: 5.4.7\r\n"));
  EXPECT_THAT(report(attempt(Attempt::End::kFailed, "550 go away")),
              HasSubstr("Status: 5.0.0\r\n"));
}

TEST_F(BounceTest, MailBySmtpUtf8GoesBackAsGlobal) {
  message_.smtputf8 = true;
  message_.recipients[0].address = {"다브", "elsewhere.test"};
  message_.recipients[0].original = "다브@elsewhere.test";
  const std::string text = report(attempt(Attempt::End::kFailed));
  EXPECT_THAT(text, HasSubstr("Content-Type: message/global-delivery-status\r\n"));
  EXPECT_THAT(text, HasSubstr("Final-Recipient: utf-8;다브@elsewhere.test\r\n"));
  EXPECT_THAT(text, HasSubstr("Content-Type: message/global\r\n"));
}

TEST_F(BounceTest, ArrivalIsToldApartFromRelaying) {
  EXPECT_THAT(report(attempt(Attempt::End::kDelivered, "250 2.0.0 ok", "")),
              HasSubstr("Action: delivered\r\nStatus: 2.0.0\r\n"));
  EXPECT_THAT(report(attempt(Attempt::End::kDelivered, "250 2.0.0 ok")),
              HasSubstr("Action: relayed\r\n"));
}

TEST_F(BounceTest, NeverAnAnswerToNobody) {
  message_.sender = {};
  message_.recipients[0].notify = "FAILURE,SUCCESS";
  EXPECT_FALSE(wants_report(attempt(Attempt::End::kFailed)));
  EXPECT_FALSE(wants_report(attempt(Attempt::End::kDelivered)));
}

TEST_F(BounceTest, NotifyIsHonoured) {
  const auto wants = [&](const std::string& notify, Attempt::End end) {
    message_.recipients[0].notify = notify;
    return wants_report(attempt(end));
  };
  EXPECT_TRUE(wants("", Attempt::End::kFailed));
  EXPECT_FALSE(wants("", Attempt::End::kDelivered));
  EXPECT_FALSE(wants("NEVER", Attempt::End::kFailed));
  EXPECT_FALSE(wants("SUCCESS", Attempt::End::kFailed));
  EXPECT_TRUE(wants("SUCCESS", Attempt::End::kDelivered));
  EXPECT_TRUE(wants("SUCCESS,FAILURE", Attempt::End::kFailed));
  EXPECT_FALSE(wants("DELAY", Attempt::End::kFailed));
  EXPECT_FALSE(wants("DELAY", Attempt::End::kDeferred));
  Attempt passed_on = attempt(Attempt::End::kDelivered);
  EXPECT_FALSE(wants_report(passed_on));
}

TEST_F(BounceTest, TheNextHostReportsWhatItTookOver) {
  message_.recipients[0].notify = "SUCCESS";
  Attempt relayed = attempt(Attempt::End::kDelivered);
  EXPECT_TRUE(wants_report(relayed));
  relayed.report_passed_on = true;
  EXPECT_FALSE(wants_report(relayed));
}

}  // namespace
}  // namespace smtpd
