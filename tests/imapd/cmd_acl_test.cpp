#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class CmdAclTest : public CommandTest {
 protected:
  CmdAclTest() { domain_.add_user("bob", "secret"); }
};

TEST_F(CmdAclTest, ForgetsWhoIsRemovedAndGivesTheNextNothing) {
  auto peer = log_in();
  EXPECT_THAT(peer->ask("SETACL INBOX bob lr"), StartsWith("x OK"));
  auto& directory = domain_.store().directory();
  ASSERT_TRUE(directory.remove_account("bob@example.test"));
  EXPECT_THAT(peer->ask("GETACL INBOX"),
              StartsWith("* ACL INBOX alice@example.test lrswipkxtecda\nx OK"));
  domain_.add_user("bob", "other");
  Peer next(domain_.port(""));
  next.ask("LOGIN bob other");
  EXPECT_THAT(next.ask("MYRIGHTS \"Other Users/alice@example.test/INBOX\""),
              StartsWith("x NO [NONEXISTENT]"));
}

TEST_F(CmdAclTest, AnswersListrightsInTheClientsWords) {
  auto peer = log_in();
  EXPECT_THAT(peer->ask("LISTRIGHTS INBOX BOB@EXAMPLE.TEST"),
              HasSubstr("* LISTRIGHTS INBOX BOB@EXAMPLE.TEST \"\" l r s w"));
  EXPECT_THAT(peer->ask("LISTRIGHTS INBOX nobody"), StartsWith("x NO [CANNOT]"));
}

}  // namespace
}  // namespace imapd
