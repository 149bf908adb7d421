#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

using CmdListTest = CommandTest;

TEST_F(CmdListTest, ListsWithStatusInOneRound) {
  deliver("Subject: a\r\n\r\n");
  auto answer =
      log_in()->ask("LIST \"\" (INBOX Sent) RETURN (SPECIAL-USE STATUS (MESSAGES HIGHESTMODSEQ))");
  EXPECT_THAT(answer, HasSubstr("INBOX\n* STATUS INBOX (MESSAGES 1 HIGHESTMODSEQ "));
  EXPECT_THAT(answer, HasSubstr("\\Sent"));
  EXPECT_THAT(answer, Not(HasSubstr("Trash")));
}

TEST_F(CmdListTest, RefusesTheStatusOfNothing) {
  EXPECT_THAT(log_in()->ask("STATUS nowhere (MESSAGES)"), StartsWith("x NO [NONEXISTENT]"));
}

TEST_F(CmdListTest, TellsSubscribedNamesAlone) {
  auto peer = log_in();
  peer->ask("SUBSCRIBE Work/2026");
  EXPECT_THAT(peer->ask("LSUB \"\" Work/*"), HasSubstr("Work/2026"));
  EXPECT_THAT(peer->ask("LSUB \"\" Work"), Not(HasSubstr("* LSUB")));
}

}  // namespace
}  // namespace imapd
