#include "mail/sort_facts.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

using Ids = std::vector<std::string>;

SortFacts facts(std::string header) { return sort_facts(header + "\r\n\r\n"); }

TEST(SortFacts, TextsAreThoseOfTheCollation) {
  const auto some = facts(
      "From: =?UTF-8?B?7YyM67Cc?= <Alice@example.test>\r\nTo: Bob.B@x.test, c@d.test\r\n"
      "Cc: \"J. Doe\" <jd@z.test>\r\nSubject: Re: =?utf-8?q?caf=C3=A9?=\r\n"
      "Date: Thu, 1 Jan 1970 00:01:00 +0000");
  EXPECT_EQ(some.subject, "CAFE\u0301");
  EXPECT_TRUE(some.is_reply);
  EXPECT_EQ(some.from, "ALICE");
  EXPECT_EQ(some.to, "BOB.B");
  EXPECT_EQ(some.cc, "JD");
  EXPECT_EQ(some.sent_at, 60);
  EXPECT_EQ(some.display_to, "BOB.B@X.TEST");
}

TEST(SortFacts, ANameIsShownWhereThereIsOne) {
  EXPECT_EQ(facts("From: foo bar <a@b.c>").display_from, "FOO BAR");
  EXPECT_EQ(facts("From: =?iso-8859-1?q?foo_aar?= <e@f.g>").display_from, "FOO AAR");
  EXPECT_EQ(facts("From: b@c.d").display_from, "B@C.D");
  EXPECT_EQ(facts("From: \" \" <b@c.d>").display_from, "B@C.D");
  EXPECT_EQ(facts("From: d").display_from, "D");
  EXPECT_EQ(facts("To: a: xx@xx.org, yy@yy.org;").display_to, "A");
  EXPECT_EQ(facts("To: a: xx@xx.org, yy@yy.org;").to, "A");
  EXPECT_EQ(facts("To: empty:;").display_to, "EMPTY");
}

TEST(SortFacts, WhatIsMissingIsEmpty) {
  const auto none = facts("X: y");
  EXPECT_EQ(none.subject + none.from + none.to + none.cc + none.display_from + none.display_to, "");
  EXPECT_EQ(none.message_id, "");
  EXPECT_EQ(none.references, Ids{});
  EXPECT_EQ(none.sent_at, 0);
}

TEST(SortFacts, InReplyToCountsOnlyWithoutReferences) {
  EXPECT_EQ(facts("References: <a@b> <c@d>\r\nIn-Reply-To: <e@f>").references, (Ids{"a@b", "c@d"}));
  EXPECT_EQ(facts("References: none\r\nIn-Reply-To: <e@f> <g@h>").references, (Ids{"e@f"}));
  EXPECT_EQ(facts("Message-ID: <\"m\"@n>").message_id, "m@n");
}

TEST(SortFacts, OfManyReferencesTheLastCount) {
  std::string header = "References:";
  for (int i = 0; i < 300; ++i) header += "\r\n <" + std::to_string(i) + "@x>";
  const auto some = facts(header);
  ASSERT_EQ(some.references.size(), kMostReferences);
  EXPECT_EQ(some.references.back(), "299@x");
}

TEST(SortFacts, LongTextsAreCutAndStayDifferent) {
  const std::string same(5000, 'a');
  const auto one = facts("Subject: " + same + "1").subject;
  const auto two = facts("Subject: " + same + "2").subject;
  EXPECT_EQ(one.size(), kLongestSortText);
  EXPECT_EQ(one.substr(0, 900), std::string(900, 'A'));
  EXPECT_NE(one, two);
  EXPECT_EQ(one, facts("Subject: " + same + "1").subject);
}

}  // namespace
}  // namespace mail
