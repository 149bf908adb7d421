#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

using CmdStoreTest = CommandTest;

TEST_F(CmdStoreTest, ChangesOnlyWhatDidNotChangeSince) {
  for (int i = 0; i < 2; ++i) deliver("Subject: a\r\n\r\n");
  auto peer = open();
  auto answer = peer->ask("FETCH 1:2 (MODSEQ)");
  auto begin = answer.rfind("MODSEQ (") + 8;
  auto known = answer.substr(begin, answer.find(')', begin) - begin);
  peer->ask("STORE 1 +FLAGS.SILENT (\\Answered)");
  answer = peer->ask("STORE 1:2 (UNCHANGEDSINCE " + known + ") +FLAGS.SILENT (\\Deleted)");
  EXPECT_THAT(answer, HasSubstr("* 2 FETCH (UID 2 MODSEQ ("));
  EXPECT_THAT(answer, HasSubstr("x OK [MODIFIED 1]"));
  EXPECT_THAT(peer->ask("FETCH 1 FLAGS"), Not(HasSubstr("Deleted")));
}

TEST_F(CmdStoreTest, SilenceHidesOnlyItsOwnChange) {
  deliver("Subject: a\r\n\r\n");
  auto peer = open();
  EXPECT_EQ(peer->ask("STORE 1 +FLAGS.SILENT (\\Seen)"), "x OK Store completed\n");
  EXPECT_THAT(peer->ask("STORE 1 FLAGS (\\Flagged)"), StartsWith("* 1 FETCH (FLAGS (\\Flagged"));
  EXPECT_THAT(peer->ask("STORE 2 +FLAGS (\\Seen)"), StartsWith("x BAD"));
}

}  // namespace
}  // namespace imapd
