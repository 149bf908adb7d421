#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

using CmdMailboxTest = CommandTest;

TEST_F(CmdMailboxTest, CreatesRenamesAndDeletesWithChildren) {
  auto peer = log_in();
  EXPECT_THAT(peer->ask("CREATE Work/2026"), StartsWith("x OK"));
  EXPECT_THAT(peer->ask("CREATE Work/2026"), StartsWith("x NO [ALREADYEXISTS]"));
  EXPECT_THAT(peer->ask("RENAME Work Done"), StartsWith("x OK"));
  auto list = peer->ask("LIST \"\" *");
  EXPECT_THAT(list, HasSubstr("Done/2026"));
  EXPECT_THAT(list, Not(HasSubstr("Work")));
  EXPECT_THAT(peer->ask("DELETE Done/2026"), StartsWith("x OK"));
  EXPECT_THAT(peer->ask("DELETE INBOX"), StartsWith("x NO"));
}

TEST_F(CmdMailboxTest, RenamingTheInboxMovesItsMessages) {
  deliver("Subject: a\r\n\r\n");
  auto peer = log_in();
  EXPECT_THAT(peer->ask("RENAME INBOX Old"), StartsWith("x OK"));
  EXPECT_THAT(peer->ask("STATUS Old (MESSAGES)"), HasSubstr("(MESSAGES 1)"));
  EXPECT_THAT(peer->ask("STATUS INBOX (MESSAGES)"), HasSubstr("(MESSAGES 0)"));
}

}  // namespace
}  // namespace imapd
