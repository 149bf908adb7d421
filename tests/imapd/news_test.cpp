#include "imapd/news.hpp"

#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;

using NewsTest = CommandTest;

TEST_F(NewsTest, TellsOfAMailboxThatAnotherSessionMakesAndFills) {
  auto listener = log_in();
  listener->ask("NOTIFY SET (personal (MailboxName MessageNew MessageExpunge))");
  auto other = log_in();
  other->ask("CREATE new");
  EXPECT_EQ(listener->line(), "* LIST (\\HasNoChildren) \"/\" new");
  other->ask("APPEND new {14+}\r\nSubject: a\r\n\r\n");
  EXPECT_THAT(listener->line(), HasSubstr("* STATUS new (UIDVALIDITY "));
}

TEST_F(NewsTest, FollowsAMailboxThatIsMadeAnew) {
  auto other = log_in();
  other->ask("CREATE new");
  auto listener = log_in();
  listener->ask("NOTIFY SET (mailboxes new (MessageNew MessageExpunge))");
  other->ask("DELETE new");
  other->ask("CREATE new");
  other->ask("APPEND new {14+}\r\nSubject: a\r\n\r\n");
  EXPECT_THAT(listener->until("* STATUS new"), HasSubstr("UIDNEXT 2 MESSAGES 1)"));
}

TEST_F(NewsTest, TellsOfAnnotations) {
  auto listener = log_in();
  listener->ask("NOTIFY SET (personal (MailboxMetadataChange))");
  auto other = log_in();
  other->ask("SETMETADATA INBOX (/private/comment \"a\")");
  EXPECT_EQ(listener->line(), "* METADATA INBOX /private/comment");
}

}  // namespace
}  // namespace imapd
