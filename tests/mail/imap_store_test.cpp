#include "mail/imap_store.hpp"

#include <gtest/gtest.h>

namespace {

TEST(ImapStore, ReadsEveryForm) {
  auto store = mail::parse_store("2:4 +FLAGS.SILENT (\\Deleted $label1 \\recent)");
  ASSERT_TRUE(store);
  EXPECT_EQ(store->mode, mail::StoreMode::kAdd);
  EXPECT_TRUE(store->silent);
  EXPECT_EQ(store->flags.system, mail::kDeleted);
  EXPECT_EQ(store->flags.keywords, std::vector<std::string>{"$label1"});
  EXPECT_EQ(mail::parse_store("1 -flags \\Seen \\Draft")->flags.system, mail::kSeen | mail::kDraft);
  EXPECT_EQ(mail::parse_store("1 FLAGS ()")->mode, mail::StoreMode::kReplace);
}

TEST(ImapStore, ReadsUnchangedSince) {
  EXPECT_EQ(mail::parse_store("7 (UNCHANGEDSINCE 12) +FLAGS (\\Seen)")->unchanged_since, 12u);
  EXPECT_FALSE(mail::parse_store("7 (UNCHANGED 12) +FLAGS (\\Seen)"));
}

TEST(ImapStore, RefusesWhatIsNotOfTheGrammar) {
  for (auto text : {"", "1", "1 FLAGS", "1 +FLAG (\\Seen)", "0 FLAGS ()", "1 FLAGS (\\Foo)",
                    "1 FLAGS (\\Seen", "x FLAGS ()"}) {
    EXPECT_FALSE(mail::parse_store(text)) << text;
  }
}

TEST(ImapStore, ReadsCopy) {
  auto copy = mail::parse_copy("$ \"a b\"");
  ASSERT_TRUE(copy);
  EXPECT_TRUE(copy->messages.saved);
  EXPECT_EQ(copy->mailbox, "a b");
  EXPECT_EQ(mail::parse_uid_expunge("3:5")->set.to_string(), "3:5");
}

}  // namespace
