#include "mail/imap_acl.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

TEST(ImapAcl, ParsesItsCommands) {
  const auto set = parse_set_acl("INBOX \"bob smith\" +lr");
  ASSERT_TRUE(set);
  EXPECT_EQ(set->mailbox, "INBOX");
  EXPECT_EQ(set->identifier, "bob smith");
  EXPECT_EQ(set->change.mode, RightsChange::Mode::kAdd);
  EXPECT_EQ(set->change.rights, Right::kLookup | Right::kRead);
  EXPECT_EQ(parse_set_acl("INBOX bob \"\"")->change, RightsChange());
  const auto about = parse_acl("\"a b\" anyone");
  ASSERT_TRUE(about);
  EXPECT_EQ(about->mailbox, "a b");
  EXPECT_EQ(about->identifier, "anyone");
}

TEST(ImapAcl, RefusesWhatIsNoCommand) {
  for (const char* text : {"", "INBOX", "INBOX bob", "INBOX bob lr x", "INBOX bob lX"})
    EXPECT_FALSE(parse_set_acl(text)) << text;
  for (const char* text : {"", "INBOX", "INBOX bob lr"}) EXPECT_FALSE(parse_acl(text)) << text;
}

TEST(ImapAcl, TakesIdentifiersApart) {
  EXPECT_EQ(parse_acl_identifier("bob")->name, "bob");
  EXPECT_FALSE(parse_acl_identifier("bob")->negative);
  EXPECT_TRUE(parse_acl_identifier("-bob")->negative);
  EXPECT_TRUE(parse_acl_identifier("-anyone")->anyone());
  EXPECT_EQ(parse_acl_identifier("e\xcc\x81va")->name, "\xc3\xa9va");  // composed
  for (const char* text : {"", "-", "\xff", "a\nb", "\x7f"})
    EXPECT_FALSE(parse_acl_identifier(text)) << text;
}

}  // namespace
}  // namespace mail
