#include "mail/multi_search.hpp"

#include <gtest/gtest.h>

namespace {

using Mailboxes = mail::SearchSource::Mailboxes;

mail::ImapResult<mail::MultiSearchArguments> multi_of(std::string_view text) {
  return mail::parse_multi_search(text, {});
}

// RFC 7377 §2.1.
TEST(MultiSearch, ReadsTheMailboxes) {
  auto multi = multi_of(
      R"(IN (mailboxes "folder1" subtree "folder2") RETURN (COUNT) UNSEEN SUBJECT "chad")");
  ASSERT_TRUE(multi);
  ASSERT_EQ(multi->sources.size(), 2u);
  EXPECT_EQ(multi->sources[0].mailboxes, Mailboxes::kNamed);
  EXPECT_EQ(multi->sources[0].names, std::vector<std::string>{"folder1"});
  EXPECT_EQ(multi->sources[1].mailboxes, Mailboxes::kSubtree);
  EXPECT_TRUE(multi->search.wants.count);
  EXPECT_EQ(multi->search.key.children.size(), 2u);
  EXPECT_FALSE(multi->only_selected());
}

TEST(MultiSearch, ReadsListsOfNames) {
  auto multi = multi_of("in (subtree-one (a \"b c\") personal inboxes subscribed) ALL");
  ASSERT_TRUE(multi);
  EXPECT_EQ(multi->sources[0].names, (std::vector<std::string>{"a", "b c"}));
  EXPECT_EQ(multi->sources.size(), 4u);
  EXPECT_FALSE(multi->search.wants.given);
}

TEST(MultiSearch, LooksIntoTheSelectedMailboxByItself) {
  auto multi = multi_of("RETURN (SAVE) 1:3");
  ASSERT_TRUE(multi);
  EXPECT_TRUE(multi->only_selected());
  EXPECT_TRUE(multi->names_selected());
  EXPECT_TRUE(multi_of("IN (personal selected) ALL")->names_selected());
  EXPECT_FALSE(multi_of("IN (personal) ALL")->names_selected());
  EXPECT_TRUE(multi_of("IN (selected) RETURN (UPDATE) UNSEEN"));
}

TEST(MultiSearch, RefusesWhatMeansNothingElsewhere) {
  EXPECT_FALSE(multi_of("IN (selected inboxes) RETURN (SAVE) ALL"));
  EXPECT_TRUE(multi_of("IN (inboxes) RETURN (UPDATE) ALL"));
  EXPECT_TRUE(multi_of("IN (inboxes) 1:3"));
  EXPECT_FALSE(multi_of("IN (inboxes) UID $"));
  EXPECT_TRUE(multi_of("IN (inboxes) UID 1:3"));
}

TEST(MultiSearch, RefusesWhatIsNotOfTheGrammar) {
  for (const char* wrong :
       {"", "IN", "IN ()", "IN () ALL", "IN (selected)", "IN (selected-delayed) ALL",
        "IN (nowhere) ALL", "IN (mailboxes) ALL", "IN (mailboxes ()) ALL", "IN (mailboxes (a ALL",
        "IN (personal (x)) ALL", "IN (personal)ALL"}) {
    EXPECT_FALSE(multi_of(wrong)) << wrong;
  }
}

}  // namespace
