#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

using CmdAppendTest = CommandTest;

TEST_F(CmdAppendTest, GivesEachMessageOfOneCommandItsUid) {
  auto peer = log_in();
  auto answer = peer->ask("APPEND INBOX (\\Seen) {3+}\r\none {3+}\r\ntwo");
  EXPECT_THAT(answer, HasSubstr(" 1:2] Append completed"));
  EXPECT_THAT(peer->ask("STATUS INBOX (MESSAGES UNSEEN)"),
              StartsWith("* STATUS INBOX (MESSAGES 2 UNSEEN 1)"));
}

TEST_F(CmdAppendTest, RefusesWhatIsTooLargeBeforeItIsSent) {
  domain_.settings.imap.max_append_size = 100;
  auto peer = log_in();
  EXPECT_THAT(peer->ask("APPEND INBOX {101}"), StartsWith("x NO [TOOBIG]"));
  EXPECT_THAT(peer->ask("APPEND nowhere {5}"), StartsWith("x NO [TRYCREATE]"));
  EXPECT_THAT(peer->ask("NOOP"), StartsWith("x OK"));
}

TEST_F(CmdAppendTest, AppendsAllOrNothing) {
  auto peer = log_in();
  EXPECT_THAT(peer->ask("APPEND INBOX {3+}\r\none {3+}\r\ntwo nonsense"), StartsWith("x BAD"));
  EXPECT_THAT(peer->ask("STATUS INBOX (MESSAGES)"), StartsWith("* STATUS INBOX (MESSAGES 0)"));
}

}  // namespace
}  // namespace imapd
