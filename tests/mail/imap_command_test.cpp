#include "mail/imap_command.hpp"

#include <gtest/gtest.h>

namespace {

TEST(ImapCommand, SplitsTagVerbAndArguments) {
  auto command = mail::parse_imap_command("a1 uid fetch 1 FLAGS");
  ASSERT_TRUE(command);
  EXPECT_EQ(command->tag, "a1");
  EXPECT_EQ(command->verb, "UID FETCH");
  EXPECT_EQ(command->arguments, "1 FLAGS");
  EXPECT_EQ(mail::parse_imap_command("a NOOP")->arguments, "");
}

TEST(ImapCommand, RefusesWhatIsNoCommandWithTheTagItHas) {
  EXPECT_EQ(mail::parse_imap_command("").error().tag, "");
  EXPECT_EQ(mail::parse_imap_command("a").error().tag, "");
  EXPECT_EQ(mail::parse_imap_command("+ NOOP").error().tag, "");
  EXPECT_EQ(mail::parse_imap_command(std::string_view("a\0 NOOP", 7)).error().tag, "");
  EXPECT_EQ(mail::parse_imap_command("a ").error().tag, "a");
  EXPECT_EQ(mail::parse_imap_command("a UID ").error().tag, "a");
  EXPECT_EQ(mail::parse_imap_command("a NOOP(").error().tag, "a");
}

TEST(ImapCommand, ReadsLogin) {
  auto login = mail::parse_login("{5}\r\nalice \"se cret\"");
  ASSERT_TRUE(login);
  EXPECT_EQ(login->user, "alice");
  EXPECT_EQ(login->password, "se cret");
  EXPECT_FALSE(mail::parse_login("alice"));
  EXPECT_FALSE(mail::parse_login("alice secret more"));
}

TEST(ImapCommand, ReadsAuthenticate) {
  EXPECT_EQ(mail::parse_authenticate("plain")->initial_response, std::nullopt);
  EXPECT_EQ(mail::parse_authenticate("PLAIN =")->initial_response, "=");
  EXPECT_EQ(mail::parse_authenticate("scram-sha-256 biws")->mechanism, "SCRAM-SHA-256");
}

TEST(ImapCommand, ReadsId) {
  EXPECT_TRUE(mail::parse_id("NIL")->empty());
  EXPECT_TRUE(mail::parse_id("()")->empty());
  auto fields = mail::parse_id("(\"name\" \"Thunderbird\" \"os\" NIL)");
  ASSERT_TRUE(fields);
  EXPECT_EQ(fields->at(0).second, "Thunderbird");
  EXPECT_EQ(fields->at(1).second, std::nullopt);
  EXPECT_FALSE(mail::parse_id("(\"name\")"));
}

TEST(ImapCommand, ReadsSelectParameters) {
  EXPECT_FALSE(mail::parse_select("INBOX")->condstore);
  EXPECT_TRUE(mail::parse_select("INBOX (CONDSTORE)")->condstore);
  auto select = mail::parse_select("INBOX (QRESYNC (67890007 90060115194045000 41:211,214))");
  ASSERT_TRUE(select);
  EXPECT_EQ(select->qresync->uid_validity, 67890007u);
  EXPECT_EQ(select->qresync->mod_seq, 90060115194045000u);
  EXPECT_EQ(select->qresync->known_uids->to_string(), "41:211,214");
  EXPECT_TRUE(mail::parse_select("INBOX (QRESYNC (1 2 1:5 (1,3 1,5)))"));
  EXPECT_TRUE(mail::parse_select("INBOX (QRESYNC (1 2 (1,3 1,5)) CONDSTORE)"));
  EXPECT_FALSE(mail::parse_select("INBOX (FOO)"));
  EXPECT_FALSE(mail::parse_select("INBOX ()"));
  EXPECT_FALSE(mail::parse_select(""));
}

TEST(ImapCommand, ReadsCreateAndRename) {
  EXPECT_EQ(mail::parse_create("a/b")->mailbox, "a/b");
  EXPECT_EQ(mail::parse_create("x (USE (\\Sent))")->special_use.at(0), "\\Sent");
  EXPECT_EQ(mail::parse_rename("a \"b c\"")->to, "b c");
  EXPECT_FALSE(mail::parse_rename("a"));
}

TEST(ImapCommand, ReadsEnable) {
  EXPECT_EQ(mail::parse_enable("condstore Utf8=Accept")->at(1), "UTF8=ACCEPT");
  EXPECT_FALSE(mail::parse_enable(""));
}

}  // namespace
