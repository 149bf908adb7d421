#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;
using testing::Not;

using CmdNotifyTest = CommandTest;

TEST_F(CmdNotifyTest, ListensBetweenCommands) {
  auto listener = open();
  EXPECT_EQ(listener->ask("NOTIFY SET (selected (MessageNew (uid) MessageExpunge))"),
            "x OK Notify completed\n");
  deliver("Subject: a\r\n\r\n");
  listener->until("* 1 EXISTS");
  listener->until("* 1 FETCH (UID 1)");
}

TEST_F(CmdNotifyTest, RefusesWhatItCannotTell) {
  auto peer = log_in();
  EXPECT_THAT(peer->ask("NOTIFY SET (personal (AnnotationChange MessageNew MessageExpunge))"),
              HasSubstr("NO [BADEVENT (MessageNew "));
  EXPECT_THAT(peer->ask("NOTIFY SET (personal (MessageNew))"), HasSubstr("x BAD"));
}

// A mailbox that is never quiet must not keep the client's own commands waiting.
TEST_F(CmdNotifyTest, HearsTheClientWhileMuchHappens) {
  auto listener = open();
  listener->ask(
      "NOTIFY SET (selected (MessageNew MessageExpunge)) (personal (MessageNew "
      "MessageExpunge))");
  for (int i = 0; i < 30; ++i) deliver("Subject: a\r\n\r\n");
  EXPECT_THAT(listener->ask("NOOP"), HasSubstr("x OK Noop completed"));
  for (int i = 0; i < 30; ++i) deliver("Subject: a\r\n\r\n");
  listener->until("* 60 EXISTS");
  EXPECT_THAT(listener->ask("UID FETCH 60 UID"), HasSubstr("* 60 FETCH (UID 60)"));
}

TEST_F(CmdNotifyTest, EndsWithTheLogin) {
  auto peer = open();
  peer->ask(
      "NOTIFY SET (selected (MessageNew MessageExpunge)) (personal (MessageNew "
      "MessageExpunge))");
  EXPECT_THAT(peer->ask("UNAUTHENTICATE"), HasSubstr("x OK [CAPABILITY "));
  deliver("Subject: a\r\n\r\n");
  EXPECT_EQ(peer->ask("NOOP"), "x OK Noop completed\n");
  EXPECT_THAT(peer->ask("LOGIN alice secret"), Not(HasSubstr("* STATUS")));
}

}  // namespace
}  // namespace imapd
