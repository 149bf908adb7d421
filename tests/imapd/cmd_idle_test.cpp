#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;

using CmdIdleTest = CommandTest;

TEST_F(CmdIdleTest, TellsWhatOtherSessionsAndProcessesDo) {
  auto idle = open();
  idle->send("i IDLE\r\n");
  idle->until("+ idling");
  deliver("Subject: a\r\n\r\n");
  idle->until("* 1 EXISTS");
  auto other = open();
  other->ask("STORE 1 +FLAGS.SILENT (\\Deleted)");
  EXPECT_THAT(idle->until("* 1 FETCH"), HasSubstr("FLAGS (\\Deleted"));
  other->ask("EXPUNGE");
  idle->until("* 1 EXPUNGE");
  idle->until("* 0 RECENT");
  idle->send("done\r\n");
  EXPECT_EQ(idle->until("i "), "i OK Idle completed\n");
}

}  // namespace
}  // namespace imapd
