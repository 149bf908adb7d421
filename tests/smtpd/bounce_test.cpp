#include "smtpd/bounce.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace smtpd {
namespace {

using testing::HasSubstr;
using testing::Not;

const ReportingHost kHost{"mail.example.test", "example.test"};
constexpr ReportRules kRules{4 * 3600, 5 * 24 * 3600};

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

  mailstore::QueuedMessage make(const Attempt& attempt, std::int64_t now) {
    return make_report(kHost, {attempt}, kRules, now);
  }
  std::string report(const Attempt& attempt, std::int64_t now = 0) {
    return std::string(make(attempt, now).content.view());
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
  EXPECT_THAT(text, HasSubstr("  dave@elsewhere.test\r\n\r\n"
                              "    The server mx.elsewhere.test answered:\r\n"
                              "    > 550 5.1.1 No such user\r\n"));
  EXPECT_THAT(text, HasSubstr("Original-Envelope-Id: a+b\r\n"
                              "Reporting-MTA: dns;mail.example.test\r\n"));
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
  std::string big = "Subject: big\r\n\r\n";
  while (big.size() < 70010) big += std::string(98, 'x') + "\r\n";
  message_.content = mailstore::Content::of(big);
  EXPECT_LT(report(attempt(Attempt::End::kFailed)).size(), 5000u);
  message_.ret = "FULL";
  EXPECT_GT(report(attempt(Attempt::End::kFailed)).size(), 70000u);
  message_.content = mailstore::Content::of(big + std::string(2000, 'x') + "\r\n");
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
  message_.recipients[0].notify = "SUCCESS";
  EXPECT_THAT(report(attempt(Attempt::End::kDelivered, "250 2.0.0 ok", "")),
              HasSubstr("Action: delivered\r\nStatus: 2.0.0\r\n"));
  EXPECT_THAT(report(attempt(Attempt::End::kDelivered, "250 2.0.0 ok")),
              HasSubstr("Action: relayed\r\n"));
}

TEST_F(BounceTest, SeveralRecipientsShareOne) {
  message_.recipients.push_back(message_.recipients[0]);
  message_.recipients[1].original = "erin@elsewhere.test";
  auto message = std::make_shared<const mailstore::QueuedMessage>(message_);
  const std::vector<Attempt> attempts{
      {{message, &message->recipients[0]}, Attempt::End::kFailed, "550 5.1.1 no", "mx", false},
      {{message, &message->recipients[1]}, Attempt::End::kFailed, "550 5.2.2 full", "mx", false}};
  const auto report = make_report(kHost, attempts, kRules, 0);
  const std::string_view text = report.content.view();
  EXPECT_THAT(text, HasSubstr("Subject: Not delivered to 2 recipients: lost\r\n"));
  EXPECT_THAT(text, HasSubstr("Status: 5.1.1\r\n"));
  EXPECT_THAT(text, HasSubstr("Status: 5.2.2\r\n"));
}

TEST_F(BounceTest, ADelayTellsUntilWhen) {
  message_.recipients[0].notify = "DELAY";
  const std::string text = report(attempt(Attempt::End::kDeferred, "450 4.2.1 later"), 4 * 3600);
  EXPECT_THAT(text, HasSubstr("Action: delayed\r\nStatus: 4.2.1\r\n"));
  EXPECT_THAT(text, HasSubstr("Will-Retry-Until: Tue, 6 Jan 1970 00:00:00 +0000\r\n"));
  EXPECT_THAT(text, Not(HasSubstr("the body")));
}

TEST_F(BounceTest, AnExpandedAddressIsToldByItsName) {
  message_.recipients[0].notify = "SUCCESS";
  message_.recipients[0].original = "team@example.test";
  message_.recipients.push_back(message_.recipients[0]);
  message_.recipients[1].number = 1;
  const std::string text = report(attempt(Attempt::End::kDelivered, "250 2.0.0 ok"));
  EXPECT_THAT(text, HasSubstr("Final-Recipient: rfc822;team@example.test\r\n"
                              "Action: expanded\r\nStatus: 2.0.0\r\n"));
  EXPECT_THAT(text, Not(HasSubstr("dave@elsewhere.test")));
}

TEST_F(BounceTest, TheStatusHasTheClassOfTheEnd) {
  EXPECT_THAT(report(attempt(Attempt::End::kFailed, "550 4.1.8 odd")),
              HasSubstr("Status: 5.1.8\r\n"));
}

TEST_F(BounceTest, GoesToTheQueueAsItNeedsTo) {
  mailstore::QueuedMessage made = make(attempt(Attempt::End::kFailed), 7);
  EXPECT_TRUE(made.sender.is_null());
  EXPECT_EQ(made.received_at, 7);
  EXPECT_EQ(made.body, "7BIT");
  EXPECT_FALSE(made.smtputf8);
  EXPECT_FALSE(made.requiretls);
  EXPECT_THAT(made.content.view(), HasSubstr("Message-ID: " + made.message_id + "\r\n"));
  message_.sender = {"앨리스", "example.test"};
  message_.requiretls = true;
  message_.content = mailstore::Content::of("Subject: lost\r\n\r\nü\r\n");
  made = make(attempt(Attempt::End::kFailed), 7);
  EXPECT_TRUE(made.smtputf8);
  EXPECT_TRUE(made.requiretls);
  EXPECT_THAT(made.content.view(), Not(HasSubstr("ü"))) << "no more goes than has to";
}

}  // namespace
}  // namespace smtpd
