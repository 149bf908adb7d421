#include "mail/imap_list.hpp"

#include <gtest/gtest.h>

namespace {

TEST(ImapList, ReadsTheBasicForm) {
  auto list = mail::parse_list("\"\" *");
  ASSERT_TRUE(list);
  EXPECT_FALSE(list->extended);
  EXPECT_EQ(list->reference, "");
  EXPECT_EQ(list->patterns, std::vector<std::string>{"*"});
  EXPECT_EQ(mail::parse_list("~/Mail/ %")->reference, "~/Mail/");
}

TEST(ImapList, ReadsWhatThunderbirdSends) {
  auto list = mail::parse_list("(subscribed) \"\" \"*\" return (special-use)");
  ASSERT_TRUE(list);
  EXPECT_TRUE(list->select_subscribed);
  EXPECT_TRUE(list->return_special_use);
  EXPECT_TRUE(list->return_subscribed);
}

TEST(ImapList, ReadsPatternsAndReturns) {
  auto list =
      mail::parse_list("() \"\" (INBOX \"a/%\") RETURN (CHILDREN STATUS (MESSAGES UNSEEN))");
  ASSERT_TRUE(list);
  EXPECT_EQ(list->patterns.size(), 2u);
  EXPECT_TRUE(list->return_children);
  EXPECT_EQ(list->return_status.size(), 2u);
}

TEST(ImapList, RefusesWhatIsNotOfTheGrammar) {
  for (auto text : {"", "\"\"", "\"\" * RETURN", "(RECURSIVEMATCH) \"\" *", "(FOO) \"\" *",
                    "\"\" * RETURN (FOO)", "\"\" (", "\"\" * x"}) {
    EXPECT_FALSE(mail::parse_list(text)) << text;
  }
}

TEST(ImapList, ReadsStatus) {
  auto status = mail::parse_status("\"X\" (UIDNEXT MESSAGES UNSEEN RECENT)");
  ASSERT_TRUE(status);
  EXPECT_EQ(status->items.size(), 4u);
  EXPECT_EQ(mail::render_status_item(status->items[0]), "UIDNEXT");
  EXPECT_EQ(mail::render_status_item(mail::StatusItem::kAppendLimit), "APPENDLIMIT");
  EXPECT_FALSE(mail::parse_status("X ()"));
  EXPECT_FALSE(mail::parse_status("X (FOO)"));
  EXPECT_FALSE(mail::parse_status("X"));
}

TEST(ImapList, ReadsLsub) { EXPECT_EQ(mail::parse_lsub("\"\" \"%\"")->patterns.at(0), "%"); }

}  // namespace
