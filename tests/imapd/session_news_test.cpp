#include "imapd/session.hpp"

#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;
using testing::Not;

using SessionNewsTest = CommandTest;

TEST_F(SessionNewsTest, KeepsAMailboxAsItIsWhileNotifyLeavesItOut) {
  deliver("Subject: a\r\n\r\n");
  auto peer = open();
  peer->ask("NOTIFY SET (personal (MailboxName))");
  deliver("Subject: b\r\n\r\n");
  EXPECT_EQ(peer->ask("NOOP"), "x OK Noop completed\n");
  EXPECT_THAT(peer->ask("FETCH 2 UID"), HasSubstr("x BAD"));
  EXPECT_THAT(peer->ask("NOTIFY SET (selected (MessageNew MessageExpunge))"),
              HasSubstr("* 2 EXISTS"));
}

TEST_F(SessionNewsTest, TellsHighestModSeqOnlyToThoseWhoHearAll) {
  deliver("Subject: a\r\n\r\n");
  deliver("Subject: b\r\n\r\n");
  auto peer = log_in();
  peer->ask("ENABLE QRESYNC");
  peer->ask("SELECT INBOX");
  peer->ask("NOTIFY SET (selected (MessageNew MessageExpunge))");
  peer->ask("STORE 1 +FLAGS.SILENT (\\Deleted)");
  EXPECT_THAT(peer->ask("EXPUNGE"), Not(HasSubstr("HIGHESTMODSEQ")));
  peer->ask("NOTIFY SET (selected (MessageNew MessageExpunge FlagChange))");
  peer->ask("STORE 1 +FLAGS.SILENT (\\Deleted)");
  EXPECT_THAT(peer->ask("EXPUNGE"), HasSubstr("HIGHESTMODSEQ"));
}

TEST_F(SessionNewsTest, LeavesAMailboxWithWhatItsClientKnew) {
  deliver("Subject: a\r\n\r\n");
  auto peer = open();
  peer->ask(
      "NOTIFY SET (selected (MessageNew MessageExpunge)) (personal (MessageNew "
      "MessageExpunge))");
  peer->ask("STORE 1 +FLAGS.SILENT (\\Deleted)");
  // What CLOSE expunges is the client's own doing.
  EXPECT_EQ(peer->ask("CLOSE"), "x OK Close completed\n");
  deliver("Subject: b\r\n\r\n");
  EXPECT_EQ(peer->line(), "* STATUS INBOX (UIDNEXT 3 MESSAGES 1)");
}

}  // namespace
}  // namespace imapd
