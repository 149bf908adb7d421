#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

using CmdCopyTest = CommandTest;

TEST_F(CmdCopyTest, KeepsFlagsAndTellsBothUids) {
  deliver("Subject: a\r\n\r\n");
  auto peer = open();
  peer->ask("STORE 1 +FLAGS (\\Flagged work)");
  EXPECT_THAT(peer->ask("UID COPY 1 Archive"), HasSubstr(" 1 1] Copy completed"));
  peer->ask("SELECT Archive");
  EXPECT_THAT(peer->ask("FETCH 1 FLAGS"), HasSubstr("\\Flagged work"));
}

TEST_F(CmdCopyTest, MoveEndsWithTheModSeqForThoseWhoKnowIt) {
  deliver("Subject: a\r\n\r\n");
  auto peer = log_in();
  peer->ask("ENABLE QRESYNC");
  peer->ask("SELECT INBOX");
  auto answer = peer->ask("MOVE 1 Archive");
  EXPECT_THAT(answer, HasSubstr("] Moved\n* VANISHED 1\n"));
  EXPECT_THAT(answer, HasSubstr("x OK [HIGHESTMODSEQ "));
  EXPECT_THAT(peer->ask("UID MOVE 1 Archive"), StartsWith("x OK Move completed"));
}

TEST_F(CmdCopyTest, SaysThatTheDestinationIsMissing) {
  deliver("Subject: a\r\n\r\n");
  EXPECT_THAT(open()->ask("COPY 1 nowhere"), StartsWith("x NO [TRYCREATE]"));
}

}  // namespace
}  // namespace imapd
