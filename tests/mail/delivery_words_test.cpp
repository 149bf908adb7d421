#include "mail/delivery_words.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "mail/charset.hpp"

namespace mail {
namespace {

DeliveryReport failure_report() {
  DeliveryReport report;
  report.from = {"postmaster", "example.test"};
  report.reporting_host = "mx.example.test";
  report.log_id = "e7-1";
  report.original = "Subject: =?utf-8?q?caf=C3=A9?= at\r\n noon\r\n\r\nbody\r\n";
  RecipientReport bob;
  bob.recipient = {"bob", "far.test"};
  bob.named = "bob@far.test";
  bob.status = "5.1.1";
  bob.remote_mta = "mx.far.test";
  bob.diagnostic = "550 5.1.1 No\r\nsuch user";
  report.recipients = {bob};
  return report;
}

TEST(DeliveryWords, SayWhoWhyAndWhatToDo) {
  EXPECT_EQ(subject_of(failure_report()), "Not delivered to bob@far.test: café at noon");
  EXPECT_EQ(explain(failure_report()),
            "Your message \"café at noon\" could not be delivered to:\n\n"
            "  bob@far.test\n\n"
            "    The server mx.far.test answered:\n"
            "    > 550 5.1.1 No such user\n\n"
            "    There is no such address. Look for a slip in it, or ask for the\n"
            "    right one in another way.\n\n"
            "The mail server at mx.example.test wrote this; its name for your message\n"
            "is e7-1. Questions go to postmaster@example.test. Details for programs\n"
            "follow, then what was returned of your message.\n");
}

TEST(DeliveryWords, TheWorstComesFirst) {
  DeliveryReport mixed = failure_report();
  RecipientReport carol = mixed.recipients[0];
  carol.named = "carol@far.test";
  carol.action = DeliveryAction::kDelivered;
  mixed.recipients.insert(mixed.recipients.begin(), carol);
  EXPECT_EQ(subject_of(mixed), "Not delivered to bob@far.test: café at noon");
  const std::string text = explain(mixed);
  EXPECT_LT(text.find("bob@far.test"), text.find("has been delivered to:\n\n  carol@far.test\n"));
  mixed.recipients[0].action = DeliveryAction::kFailed;
  EXPECT_EQ(subject_of(mixed), "Not delivered to 2 recipients: café at noon");
}

TEST(DeliveryWords, ADelaySaysThatNothingNeedsToBeDone) {
  DeliveryReport late = failure_report();
  late.date.seconds = 4 * 3600 + 60;
  late.recipients[0].action = DeliveryAction::kDelayed;
  late.recipients[0].remote_mta = "";
  late.recipients[0].retry_until = 432000;
  EXPECT_EQ(subject_of(late), "Not yet delivered to bob@far.test: café at noon");
  const std::string text = explain(late);
  EXPECT_NE(text.find("    This server's reason:\n    > 550"), std::string::npos);
  EXPECT_NE(text.find("    It has been tried for 4 hours, and is tried on until Tue, 6 Jan 1970\n"
                      "    00:00:00 +0000. You need not do anything, and need not send it\n"
                      "    again.\n"),
            std::string::npos)
      << text;
}

TEST(DeliveryWords, ExpiryTellsHowLongItWasTried) {
  DeliveryReport expired = failure_report();
  expired.date.seconds = 5 * 24 * 3600;
  expired.recipients[0].status = "5.4.7";
  EXPECT_NE(explain(expired).find("    It was tried for 5 days. Nothing more"), std::string::npos);
}

TEST(DeliveryWords, LongAnswersAreCutBetweenCharacters) {
  DeliveryReport wordy = failure_report();
  wordy.recipients[0].diagnostic = "550 ";
  for (int i = 0; i < 400; ++i) wordy.recipients[0].diagnostic += "다 ";
  const std::string text = explain(wordy);
  EXPECT_LT(text.size(), 1500U);
  EXPECT_TRUE(is_utf8(text));
  EXPECT_NE(text.find("...\n"), std::string::npos);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 78U) << line;
}

TEST(DeliveryWords, NothingGivenAddsALine) {
  DeliveryReport odd = failure_report();
  odd.recipients[0].named = odd.recipients[0].remote_mta = odd.reporting_host = odd.log_id =
      "x\r\n\r\nEVIL";
  EXPECT_EQ(explain(odd).find("\n\nEVIL"), std::string::npos);
  EXPECT_EQ(subject_of(odd).find('\n'), std::string::npos);
}

TEST(DeliveryWords, AMessageWithoutSubjectIsJustTheMessage) {
  DeliveryReport bare = failure_report();
  bare.original = "\r\nbody\r\n";
  EXPECT_EQ(subject_of(bare), "Not delivered to bob@far.test");
  EXPECT_EQ(explain(bare).find("Your message could not be delivered to:\n"), 0U);
}

}  // namespace
}  // namespace mail
