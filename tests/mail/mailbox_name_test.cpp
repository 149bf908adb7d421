#include "mail/mailbox_name.hpp"

#include <gtest/gtest.h>

namespace {

using mail::NameForm;

TEST(MailboxName, TurnsModifiedUtf7IntoUtf8AndBack) {
  const std::vector<std::pair<std::string, std::string>> names = {
      {"INBOX", "INBOX"},
      {"R&-D", "R&D"},
      {"~peter/mail/&U,BTFw-/&ZeVnLIqe-", "~peter/mail/台北/日本語"},
      {"&Jjo-!", "☺!"},
      {"&2D3eAA-", "😀"},
      {"Entw&APw-rfe", "Entwürfe"},
  };
  for (const auto& [wire, name] : names) {
    EXPECT_EQ(mail::decode_mailbox_name(wire, NameForm::kModifiedUtf7), name);
    EXPECT_EQ(mail::encode_mailbox_name(name, NameForm::kModifiedUtf7), wire);
  }
}

TEST(MailboxName, RefusesBrokenNames) {
  for (auto wire : {"&", "&Jjo", "&A-", "&2D0-", "&3gA-", "&AGE-", "&Jjp-", "\xff"}) {
    EXPECT_FALSE(mail::decode_mailbox_name(wire, NameForm::kModifiedUtf7)) << wire;
  }
  EXPECT_FALSE(mail::decode_mailbox_name("\xff", NameForm::kUtf8));
}

TEST(MailboxName, TakesUtf8AsItIs) {
  EXPECT_EQ(mail::decode_mailbox_name("&Jjo-", NameForm::kUtf8), "&Jjo-");
  EXPECT_EQ(mail::decode_mailbox_name("파발", NameForm::kModifiedUtf7), "파발");
  EXPECT_EQ(mail::encode_mailbox_name("파발", NameForm::kUtf8), "파발");
}

TEST(MailboxName, KnowsInboxInAnyCase) {
  EXPECT_EQ(mail::canonical_mailbox_name("inBox"), "INBOX");
  EXPECT_EQ(mail::canonical_mailbox_name("inbox/a"), "INBOX/a");
  EXPECT_EQ(mail::canonical_mailbox_name("Inboxes"), "Inboxes");
}

TEST(MailboxName, MatchesWildcards) {
  EXPECT_TRUE(mail::mailbox_matches("*", "a/b"));
  EXPECT_TRUE(mail::mailbox_matches("%", "a"));
  EXPECT_FALSE(mail::mailbox_matches("%", "a/b"));
  EXPECT_TRUE(mail::mailbox_matches("%/%", "a/b"));
  EXPECT_TRUE(mail::mailbox_matches("a*c", "a/b/c"));
  EXPECT_TRUE(mail::mailbox_matches("inbox", "INBOX"));
  EXPECT_FALSE(mail::mailbox_matches("a", "A"));
  EXPECT_FALSE(mail::mailbox_matches("", "a"));
  EXPECT_TRUE(mail::mailbox_matches("a%*", "a"));
  EXPECT_FALSE(mail::mailbox_matches("Trash/*", "Trash"));
}

TEST(MailboxName, MatchesAHostilePatternInTime) {
  std::string pattern;
  for (int i = 0; i < 1000; ++i) pattern += "*a";
  EXPECT_FALSE(mail::mailbox_matches(pattern, std::string(500, 'a') + "b"));
}

}  // namespace
