#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

using CmdStatusTest = CommandTest;

TEST_F(CmdStatusTest, TellsByTheNameThatWasAskedFor) {
  deliver("Subject: a\r\n\r\n");
  EXPECT_THAT(log_in()->ask("STATUS inbox (MESSAGES UNSEEN)"),
              HasSubstr("* STATUS INBOX (MESSAGES 1 UNSEEN 1)\nx OK"));
}

TEST_F(CmdStatusTest, RefusesNamesThatAreNone) {
  auto peer = log_in();
  EXPECT_THAT(peer->ask("STATUS nowhere (MESSAGES)"), StartsWith("x NO [NONEXISTENT]"));
  EXPECT_THAT(peer->ask("STATUS \"&!\" (MESSAGES)"), StartsWith("x NO [CANNOT]"));
  EXPECT_THAT(peer->ask("STATUS INBOX (WHAT)"), StartsWith("x BAD"));
}

}  // namespace
}  // namespace imapd
