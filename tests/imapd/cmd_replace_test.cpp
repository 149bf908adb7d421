#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

using CmdReplaceTest = CommandTest;

TEST_F(CmdReplaceTest, FailsForAMessageThatAnotherSessionExpunged) {
  deliver("Subject: a\r\n\r\n");
  auto peer = open();
  auto other = open();
  other->ask("STORE 1 +FLAGS.SILENT (\\Deleted)");
  other->ask("EXPUNGE");
  auto answer = peer->ask("REPLACE 1 INBOX {5+}\r\nhello");
  EXPECT_THAT(answer, HasSubstr("x NO [CANNOT]"));
  EXPECT_THAT(peer->ask("STATUS INBOX (MESSAGES)"), HasSubstr("(MESSAGES 0)"));
}

TEST_F(CmdReplaceTest, OtherSessionsSeeBothAtOnce) {
  deliver("Subject: a\r\n\r\n");
  auto peer = open();
  auto other = open();
  peer->ask("REPLACE 1 INBOX {5+}\r\nhello");
  auto news = other->ask("NOOP");
  EXPECT_THAT(news, HasSubstr("* 1 EXPUNGE"));
  EXPECT_THAT(news, HasSubstr("* 1 EXISTS"));
}

TEST_F(CmdReplaceTest, AnEmptyMailboxHasNoLastMessage) {
  auto peer = open();
  EXPECT_THAT(peer->ask("REPLACE * INBOX {5}"), StartsWith("x BAD"));
}

}  // namespace
}  // namespace imapd
