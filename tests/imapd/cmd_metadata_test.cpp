// tests/dialogs/imap_metadata*.imap and imap_list_metadata.imap hold the dialogues; here is what
// takes very many or very large values.
#include "imapd/handlers.hpp"
#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using CmdMetadataTest = CommandTest;

TEST_F(CmdMetadataTest, TooManyAreRefusedTogether) {
  auto peer = log_in();
  std::string many = "SETMETADATA INBOX (/private/a \"x\"";
  for (int i = 0; i < 1000; ++i) many += " /private/" + std::to_string(i) + " \"x\"";
  EXPECT_NE(peer->ask(many + ")").find("x NO [METADATA TOOMANY]"), std::string::npos);
  EXPECT_EQ(peer->ask("GETMETADATA INBOX /private/a"),
            "* METADATA INBOX (/private/a NIL)\nx OK Getmetadata completed\n");
}

TEST_F(CmdMetadataTest, TheLargestValueComesBackWhole) {
  auto peer = log_in();
  const std::string value(65536, 'v');
  EXPECT_NE(peer->ask("SETMETADATA INBOX (/private/a {65536+}\r\n" + value + ")").find("x OK"),
            std::string::npos);
  EXPECT_NE(peer->ask("GETMETADATA INBOX /private/a").find(value), std::string::npos);
}

}  // namespace
}  // namespace imapd
