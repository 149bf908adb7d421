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
  EXPECT_EQ(decode_text(root.children[0], message).find("Your message \"s\" could not be"), 0U);
  EXPECT_EQ(field_value(message, "subject"), "Not delivered to bob@far.test: s");
  EXPECT_EQ(root.children[1].body.in(message),
            "Original-Envelope-Id: env\r\nReporting-MTA: dns;mx.example.test\r\n"
            "Arrival-Date: Thu, 1 Jan 1970 00:00:00 +0000\r\n\r\n"
            "Original-Recipient: rfc822;b@far.test\r\nFinal-Recipient: rfc822;bob@far.test\r\n"
            "Action: failed\r\nStatus: 5.1.1\r\nRemote-MTA: dns;mx.far.test\r\n"
            "Diagnostic-Code: smtp;550 5.1.1 No such user\r\n"
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
  const std::string message = compose_report(global);
  EXPECT_EQ(scan_parts(message).children.at(2).subtype, "global");
  EXPECT_NE(message.find(kOriginal), std::string::npos);
}

TEST(DeliveryReport, EachEndHasItsWord) {
  DeliveryReport mixed = report();
  for (const auto action : {DeliveryAction::kDelayed, DeliveryAction::kDelivered,
                            DeliveryAction::kRelayed, DeliveryAction::kExpanded}) {
    mixed.recipients.push_back(mixed.recipients[0]);
    mixed.recipients.back().action = action;
  }
  mixed.recipients[1].retry_until = 86400;
  const std::string message = compose_report(mixed);
  for (const char* field : {"failed", "delayed", "delivered", "relayed", "expanded"}) {
    EXPECT_NE(message.find(std::string("\r\nAction: ") + field + "\r\n"), std::string::npos);
  }
  EXPECT_NE(message.find("\r\nWill-Retry-Until: Fri, 2 Jan 1970 00:00:00 +0000\r\n"),
            std::string::npos);
}

TEST(DeliveryReport, OwnWordsAreNoReplyOfSmtp) {
  DeliveryReport own = report();
  own.recipients[0].remote_mta = "";
  EXPECT_NE(compose_report(own).find("\r\nDiagnostic-Code: x-pabal;550 5.1.1"), std::string::npos);
}

TEST(DeliveryReport, LongDiagnosticsAreFoldedAndCut) {
  DeliveryReport wordy = report();
  wordy.recipients[0].diagnostic = "550 " + std::string(300, 'x') + " " + std::string(5000, 'y');
  const std::string message = compose_report(wordy);
  EXPECT_NE(message.find("\r\nDiagnostic-Code: smtp;550\r\n xxx"), std::string::npos) << message;
  for (std::size_t at = 0, end = 0; (end = message.find('\n', at)) != message.npos; at = end + 1) {
    EXPECT_LT(end - at, 998U);
  }
}

TEST(DeliveryReport, WhatIsNoAsciiStaysOutOfAnAsciiPart) {
  DeliveryReport odd = report();
  odd.recipients[0].diagnostic = "550 Utilisateur inexist\xe9";
  const std::string message = compose_report(odd);
  EXPECT_EQ(scan_parts(message).children.at(1).subtype, "delivery-status");
  EXPECT_NE(message.find("550 Utilisateur inexist?\r\n"), std::string::npos);
}

TEST(DeliveryReport, RefersToTheMessage) {
  DeliveryReport known = report();
  known.original = "Message-ID: <a@b>\r\nSubject: s\r\n\r\n";
  EXPECT_EQ(field_value(compose_report(known), "in-reply-to"), "<a@b>");
  EXPECT_EQ(field_value(compose_report(known), "references"), "<a@b>");
  for (const char* odd : {"Message-ID: a@b\r\n\r\n", "Message-ID: <a b> <c>\r\n\r\n"}) {
    known.original = odd;
    EXPECT_FALSE(find_field(compose_report(known), "references"));
  }
}

TEST(DeliveryReport, WhatCanNotGoInsideAMessageGoesAsHeader) {
  DeliveryReport full = report();
  full.returned = ReturnedContent::kFull;
  const std::string header = "Subject: s\r\n\r\n";
  for (const std::string& body : {std::string("nul \0 here\r\n", 12), std::string("bare\nlf\r\n"),
                                  std::string(999, 'x') + "\r\n"}) {
    const std::string original = header + body;
    full.original = original;
    const std::string message = compose_report(full);
    EXPECT_EQ(scan_parts(message).children.at(2).subtype, "rfc822-headers");
  }
}

TEST(DeliveryReport, OddHeadersAreEncoded) {
  DeliveryReport odd = report();
  const std::string original = "Subject: \xe9t\xe9 " + std::string(2000, 'x') + "\r\n\r\nbody\r\n";
  odd.original = original;
  const std::string message = compose_report(odd);
  const Part root = scan_parts(message);
  EXPECT_EQ(root.children.at(2).encoding, "quoted-printable");
  EXPECT_EQ(decode_body(root.children.at(2), message), original.substr(0, original.size() - 6));
}

TEST(DeliveryReport, HugeHeadersAreCut) {
  DeliveryReport huge = report();
  std::string original;
  while (original.size() < 200000) original += "X-Padding: " + std::string(60, 'x') + "\r\n";
  original += "\r\n";
  huge.original = original;
  EXPECT_LT(compose_report(huge).size(), 70000U);
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
