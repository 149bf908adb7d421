#include "mail/delivery_report.hpp"

#include <gtest/gtest.h>

#include "mail/header.hpp"
#include "mail/part_scanner.hpp"

namespace mail {
namespace {

constexpr std::string_view kOriginal = "Subject: s\r\nTo: x@y\r\n\r\nbody\r\n";

DeliveryReport report() {
  DeliveryReport report;
  report.from = {"postmaster", "example.test"};
  report.to = {"alice", "example.test"};
  report.reporting_host = "mx.example.test";
  report.envelope_id = "env";
  report.message_id = "<r@mx.example.test>";
  report.original = kOriginal;
  report.recipients = {{{"bob", "far.test"},
                        "bob@far.test",
                        "rfc822;b@far.test",
                        DeliveryAction::kFailed,
                        "5.1.1",
                        "mx.far.test",
                        "550 5.1.1 No\r\nsuch user"}};
  return report;
}

TEST(DeliveryReport, HasItsThreeParts) {
  const std::string message = compose_report(report());
  const Part root = scan_parts(message);
  EXPECT_EQ(root.subtype, "report");
  ASSERT_EQ(root.children.size(), 3U);
  EXPECT_NE(decode_text(root.children[0], message).find("bob@far.test"), std::string::npos);
  EXPECT_EQ(root.children[1].body.in(message),
            "Reporting-MTA: dns;mx.example.test\r\nOriginal-Envelope-Id: env\r\n"
            "Arrival-Date: Thu, 1 Jan 1970 00:00:00 +0000\r\n\r\n"
            "Original-Recipient: rfc822;b@far.test\r\nFinal-Recipient: rfc822;bob@far.test\r\n"
            "Action: failed\r\nStatus: 5.1.1\r\nRemote-MTA: dns;mx.far.test\r\n"
            "Diagnostic-Code: smtp;550 5.1.1 No  such user\r\n"
            "Last-Attempt-Date: Thu, 1 Jan 1970 00:00:00 +0000\r\n");
  EXPECT_EQ(root.children[2].body.in(message), "Subject: s\r\nTo: x@y\r\n\r\n");
  EXPECT_EQ(field_value(message, "auto-submitted"), "auto-replied");
  EXPECT_EQ(field_value(message, "to"), "alice@example.test");
}

TEST(DeliveryReport, ReturnsTheMessageWhenAskedFor) {
  DeliveryReport full = report();
  full.returned = ReturnedContent::kFull;
  const std::string message = compose_report(full);
  const Part root = scan_parts(message);
  EXPECT_EQ(root.children.at(2).children.at(0).body.in(message), "body\r\n");
}

TEST(DeliveryReport, InternationalAddresses) {
  DeliveryReport international = report();
  international.recipients[0].recipient = {"밥", "far.test"};
  const std::string message = compose_report(international);
  EXPECT_EQ(scan_parts(message).children.at(1).subtype, "global-delivery-status");
  EXPECT_NE(message.find("Final-Recipient: utf-8;밥@far.test\r\n"), std::string::npos);
}

TEST(DeliveryReport, MailBySmtpUtf8GoesBackAsGlobal) {
  DeliveryReport global = report();
  global.smtputf8 = true;
  EXPECT_EQ(scan_parts(compose_report(global)).children.at(2).subtype, "global-headers");
  global.returned = ReturnedContent::kFull;
  EXPECT_EQ(scan_parts(compose_report(global)).children.at(2).subtype, "global");
}

TEST(DeliveryReport, EachEndIsTold) {
  DeliveryReport mixed = report();
  mixed.recipients.insert(mixed.recipients.begin(), mixed.recipients[0]);
  mixed.recipients[0].named = "carol@far.test";
  mixed.recipients[0].action = DeliveryAction::kDelivered;
  const std::string message = compose_report(mixed);
  EXPECT_EQ(field_value(message, "subject"), "Your message could not be delivered");
  EXPECT_EQ(decode_text(scan_parts(message).children.at(0), message),
            "This is the mail server at mx.example.test.\r\n\r\n"
            "Your message has been delivered to:\r\n\r\n  carol@far.test\r\n\r\n"
            "Your message could not be delivered to:\r\n\r\n  bob@far.test\r\n"
            "    mx.far.test said: 550 5.1.1 No  such user\r\n");
}

TEST(DeliveryReport, NothingGivenAddsALine) {
  DeliveryReport odd = report();
  odd.envelope_id = odd.recipients[0].status = odd.recipients[0].remote_mta =
      odd.recipients[0].named = odd.recipients[0].original_recipient = "x\r\nX-Evil: yes";
  const std::string message = compose_report(odd);
  EXPECT_EQ(message.find("\nX-Evil"), std::string::npos);
}

}  // namespace
}  // namespace mail
