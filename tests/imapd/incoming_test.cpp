#include "imapd/incoming.hpp"

#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

using IncomingTest = CommandTest;

TEST(Incoming, SaysWhichUidsWereGiven) {
  mailstore::AppendResult result;
  result.uid_validity = 7;
  for (mailstore::Uid uid : {3u, 4u, 9u}) result.messages.push_back({uid});
  EXPECT_EQ(appended_code(result), "APPENDUID 7 3:4,9");
}

// The limit holds for text and copied parts together.
TEST_F(IncomingTest, CountsPartsAndTextTogether) {
  deliver("Subject: a\r\n\r\n" + std::string(80, 'x'));
  domain_.settings.imap.max_append_size = 150;
  auto peer = log_in();
  EXPECT_THAT(peer->ask("APPEND Sent CATENATE (URL \"/INBOX/;UID=1\" URL \"/INBOX/;UID=1\")"),
              StartsWith("x NO [TOOBIG]"));
  EXPECT_THAT(peer->ask("APPEND Sent CATENATE (URL \"/INBOX/;UID=1\" TEXT {100}"),
              StartsWith("x NO [TOOBIG]"));
  EXPECT_THAT(peer->ask("STATUS Sent (MESSAGES)"), HasSubstr("(MESSAGES 0)"));
}

TEST_F(IncomingTest, KeepsNothingOfACommandThatBreaksOff) {
  auto peer = log_in();
  EXPECT_THAT(peer->ask("APPEND INBOX {3+}\r\none (\\Nope) {3+}\r\ntwo"), StartsWith("x BAD"));
  EXPECT_THAT(peer->ask("STATUS INBOX (MESSAGES)"), HasSubstr("(MESSAGES 0)"));
}

}  // namespace
}  // namespace imapd
