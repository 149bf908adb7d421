#include <gmock/gmock.h>

#include "tests/mua/chosen.hpp"

namespace mua {
namespace {

using testing::ElementsAre;

TEST(DeclareChanging, TheLastWordOfMoveIsTheMailbox) {
  const auto o = parse<MoveOptions>({"move", "1", "2", "My Box"});
  EXPECT_THAT(o.ids, ElementsAre("1", "2"));
  EXPECT_EQ(o.mailbox, "My Box");
  EXPECT_EQ(stop({"move", "1"}).code, ExitCode::kUsage);
}

TEST(DeclareChanging, ChangesOfFlagsMayBeginWithADash) {
  const auto o = parse<FlagOptions>(
      {"flag", "1", "+seen", "-flagged", "INBOX:2", "-help", "+$work", "--json"});
  EXPECT_THAT(o.ids, ElementsAre("1", "INBOX:2"));
  EXPECT_THAT(o.changes, ElementsAre("+seen", "-flagged", "-help", "+$work"));
  EXPECT_EQ(stop({"flag", "1"}).code, ExitCode::kUsage);
  EXPECT_EQ(stop({"flag", "+seen"}).code, ExitCode::kUsage);
}

TEST(DeclareChanging, MailboxesTakesAFewActions) {
  EXPECT_EQ(parse<MailboxesOptions>({"mailboxes", "rename", "a", "b"}).names.size(), 2u);
  EXPECT_EQ(stop({"mailboxes", "burn", "a"}).code, ExitCode::kUsage);
}

}  // namespace
}  // namespace mua
