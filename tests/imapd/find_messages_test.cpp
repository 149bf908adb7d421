#include "imapd/find_messages.hpp"

#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

using FindMessagesTest = CommandTest;

// \Recent is the session's own to know, in the selected mailbox; elsewhere it is the store's.
TEST_F(FindMessagesTest, KnowsWhatIsRecentWhereItIsAsked) {
  deliver("Subject: a\r\n\r\n");
  auto first = open();
  auto second = open();
  EXPECT_EQ(first->ask("SEARCH RECENT"), "* SEARCH 1\nx OK Search completed\n");
  EXPECT_EQ(second->ask("SEARCH RECENT"), "* SEARCH\nx OK Search completed\n");
  EXPECT_THAT(first->ask("ESEARCH IN (selected) RECENT"), HasSubstr(" UID ALL 1\n"));
}

TEST_F(FindMessagesTest, ScoresByTheStrictestSearchThatFinds) {
  deliver("Subject: s\r\n\r\nred apples\r\n");
  deliver("Subject: s\r\n\r\napples, red ones\r\n");
  deliver("Subject: s\r\n\r\nan apple that is red\r\n");
  auto peer = open();
  EXPECT_THAT(peer->ask("SEARCH RETURN (RELEVANCY ALL) FUZZY BODY \"red apples\""),
              StartsWith("* ESEARCH (TAG \"x\") ALL 1:3 RELEVANCY (100 60 20)\nx OK"));
}

}  // namespace
}  // namespace imapd
