#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

using CmdSelectTest = CommandTest;

std::string vanished(const std::string& answer) {
  auto begin = answer.find("* VANISHED");
  return begin == answer.npos ? "" : answer.substr(begin, answer.find('\n', begin) - begin);
}

// RFC 7162 §3.2.5: of what vanished, only what the client knew.
TEST_F(CmdSelectTest, ResynchronizesTheUidsTheClientKnows) {
  for (int i = 0; i < 5; ++i) deliver("Subject: a\r\n\r\n");
  auto peer = log_in();
  peer->ask("ENABLE QRESYNC");
  auto selected = peer->ask("SELECT INBOX");
  auto begin = selected.find("[UIDVALIDITY ") + 13;
  auto validity = selected.substr(begin, selected.find(']', begin) - begin);
  peer->ask("STORE 1:3 +FLAGS.SILENT (\\Deleted)");
  peer->ask("EXPUNGE");
  auto again = [&](const std::string& known) {
    return peer->ask("SELECT INBOX (QRESYNC (" + validity + " 1" + known + "))");
  };
  EXPECT_EQ(vanished(again("")), "* VANISHED (EARLIER) 1:3");
  auto some = again(" 2:4 (1,2 2,4)");
  EXPECT_EQ(vanished(some), "* VANISHED (EARLIER) 2:3");
  EXPECT_THAT(some, HasSubstr("FETCH (UID 4 MODSEQ"));
  EXPECT_THAT(some, Not(HasSubstr("FETCH (UID 5")));
  EXPECT_EQ(vanished(peer->ask("SELECT INBOX (QRESYNC (7 1))")), "");
  // Whoever knows that 4 and 5 are the first two knows what is gone below them.
  EXPECT_EQ(vanished(again(" (1:2 4:5)")), "");
  EXPECT_EQ(vanished(again(" (4:5 4:5)")), "* VANISHED (EARLIER) 1:3");
}

TEST_F(CmdSelectTest, AMailboxThatIsNotThereLeavesNoneSelected) {
  auto peer = open();
  EXPECT_THAT(peer->ask("SELECT nowhere"), HasSubstr("x NO [NONEXISTENT]"));
  EXPECT_THAT(peer->ask("FETCH 1 FLAGS"), StartsWith("x BAD"));
}

TEST_F(CmdSelectTest, CloseExpungesAndUnselectDoesNot) {
  for (int i = 0; i < 2; ++i) deliver("Subject: a\r\n\r\n");
  auto peer = open();
  peer->ask("STORE 1 +FLAGS.SILENT (\\Deleted)");
  EXPECT_EQ(peer->ask("UNSELECT"), "x OK Unselect completed\n");
  EXPECT_THAT(peer->ask("SELECT INBOX"), HasSubstr("* 2 EXISTS"));
  EXPECT_EQ(peer->ask("CLOSE"), "x OK Close completed\n");
  EXPECT_THAT(peer->ask("SELECT INBOX"), HasSubstr("* 1 EXISTS"));
}

}  // namespace
}  // namespace imapd
