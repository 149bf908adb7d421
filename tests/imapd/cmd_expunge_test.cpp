#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

using CmdExpungeTest = CommandTest;

TEST_F(CmdExpungeTest, TakesWhatIsMarkedAndAmongTheUidsNamed) {
  for (int i = 0; i < 4; ++i) deliver("Subject: a\r\n\r\n");
  auto peer = open();
  peer->ask("STORE 1:3 +FLAGS.SILENT (\\Deleted)");
  EXPECT_EQ(peer->ask("UID EXPUNGE 2:4"),
            "* 2 EXPUNGE\n* 2 EXPUNGE\n* 2 RECENT\nx OK Expunge completed\n");
  EXPECT_EQ(peer->ask("EXPUNGE"), "* 1 EXPUNGE\n* 1 RECENT\nx OK Expunge completed\n");
  EXPECT_EQ(peer->ask("EXPUNGE"), "x OK Expunge completed\n");
}

// RFC 7162 §3.2.7: the number covers what others did, so that has to be told first.
TEST_F(CmdExpungeTest, TellsWhatOthersDidBeforeItsModSeq) {
  for (int i = 0; i < 2; ++i) deliver("Subject: a\r\n\r\n");
  auto peer = log_in();
  peer->ask("ENABLE QRESYNC");
  peer->ask("SELECT INBOX");
  auto other = open();
  peer->ask("STORE 1 +FLAGS.SILENT (\\Deleted)");
  other->ask("STORE 2 +FLAGS.SILENT (\\Flagged)");
  auto answer = peer->ask("EXPUNGE");
  EXPECT_THAT(answer, HasSubstr("* VANISHED 1\n"));
  EXPECT_THAT(answer, HasSubstr("x OK [HIGHESTMODSEQ "));
  // It may have been told before, with the STORE's answer, as soon as the bell had rung.
  EXPECT_THAT(peer->ask("NOOP"), StartsWith("x OK"));
}

}  // namespace
}  // namespace imapd
