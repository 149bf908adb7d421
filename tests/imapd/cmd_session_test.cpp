#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;
using testing::Not;

using CmdSessionTest = CommandTest;

TEST_F(CmdSessionTest, OffersWhatFitsTheState) {
  auto peer = connect();
  EXPECT_THAT(peer->ask("CAPABILITY"), HasSubstr(" STARTTLS"));
  peer->ask("LOGIN alice secret");
  auto later = peer->ask("CAPABILITY");
  EXPECT_THAT(later, Not(HasSubstr("STARTTLS")));
  EXPECT_THAT(later, Not(HasSubstr("AUTH=")));
  EXPECT_THAT(later, HasSubstr("QRESYNC"));
}

TEST_F(CmdSessionTest, EnablesWhatItKnowsAndSaysSo) {
  EXPECT_EQ(log_in()->ask("ENABLE QRESYNC X-NONE IMAP4rev2"),
            "* ENABLED QRESYNC IMAP4rev2\nx OK Enable completed\n");
}

TEST_F(CmdSessionTest, SaysGoodbye) {
  EXPECT_EQ(log_in()->ask("LOGOUT"), "* BYE Logging out\nx OK Logout completed\n");
}

}  // namespace
}  // namespace imapd
