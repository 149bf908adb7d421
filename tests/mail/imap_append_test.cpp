#include "mail/imap_append.hpp"

#include <gtest/gtest.h>

namespace {

TEST(ImapAppend, ReadsUpToTheMessage) {
  auto append = mail::parse_append("\"Drafts\" (\\Draft) {310+}");
  ASSERT_TRUE(append);
  EXPECT_EQ(append->mailbox, "Drafts");
  EXPECT_EQ(append->message.flags.system, mail::kDraft);
  EXPECT_FALSE(append->message.date);
  auto dated = mail::parse_append("x \"17-Jul-1996 02:44:25 -0700\" ~{5}");
  ASSERT_TRUE(dated);
  EXPECT_EQ(dated->message.date->zone_minutes, -420);
  EXPECT_TRUE(mail::parse_append("x UTF8 (~{5}")->message.utf8);
}

TEST(ImapAppend, RefusesWhatIsNotOfTheGrammar) {
  for (auto text : {"", "x", "x {5", "x (\\Seen {5}", "x \"yesterday\" {5}", "x (\\Foo) {5}"}) {
    EXPECT_FALSE(mail::parse_append(text)) << text;
  }
}

TEST(ImapAppend, ReadsWhatFollowsAMessage) {
  mail::AppendMessage plain;
  auto end = mail::parse_append_rest("", plain);
  ASSERT_TRUE(end);
  EXPECT_FALSE(end->has_value());
  auto next = mail::parse_append_rest(" (\\Seen) {12}", plain);
  ASSERT_TRUE(next && next->has_value());
  EXPECT_EQ((*next)->flags.system, mail::kSeen);
  EXPECT_FALSE(mail::parse_append_rest("x", plain));
  mail::AppendMessage utf8;
  utf8.utf8 = true;
  EXPECT_TRUE(mail::parse_append_rest(")", utf8));
  EXPECT_FALSE(mail::parse_append_rest("", utf8));
}

}  // namespace
