#include "mailctl/removal_report.hpp"

#include "tests/mailctl/queued.hpp"

namespace mailctl {
namespace {

conf::Settings settings() {
  conf::Settings settings;
  settings.hostname = "mail.example.test";
  settings.domain = "example.test";
  return settings;
}

mailstore::QueuedMessage removed() {
  auto message = letter_to({"bob@b.test", "carol@c.test"});
  message.name = "e-7";
  message.envid = "QQ+2B1";
  message.recipients[0].orcpt = "rfc822;Bob+40b.test";
  message.recipients[0].last_reply = "451 4.7.1 Greylisted";
  return message;
}

TEST(RemovalReport, NamesTheRecipientsAndWhatTheOtherServerSaid) {
  const auto report = removal_report(settings(), removed(), 2000);
  ASSERT_TRUE(report);
  const std::string text(report->content.view());
  for (const char* part : {"To: alice@example.test", "Final-Recipient: rfc822;bob@b.test",
                           "Final-Recipient: rfc822;carol@c.test", "Original-Envelope-Id: QQ+1",
                           "Original-Recipient: rfc822;Bob@b.test", "Action: failed",
                           "Status: 5.0.0", "451 4.7.1 Greylisted", "Subject: x"})
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  EXPECT_TRUE(report->sender.is_null());
  EXPECT_TRUE(report->recipients.empty());
  EXPECT_NE(text.find(report->message_id), std::string::npos);
}

TEST(RemovalReport, NobodyIsToldWhoDidNotWantTo) {
  auto message = removed();
  message.recipients[0].notify = "NEVER";
  message.recipients[1].notify = "SUCCESS,DELAY";
  EXPECT_FALSE(removal_report(settings(), message, 2000));
  message.recipients[1].notify = "SUCCESS,FAILURE";
  const auto report = removal_report(settings(), message, 2000);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->content.view().find("bob@b.test"), std::string::npos);
}

TEST(RemovalReport, NoReportOnAReport) {
  auto message = removed();
  message.sender = {};
  EXPECT_FALSE(removal_report(settings(), message, 2000));
}

}  // namespace
}  // namespace mailctl
