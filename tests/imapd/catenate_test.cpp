#include "imapd/catenate.hpp"

#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

using CatenateTest = CommandTest;

// More than one piece, and more than is kept in memory.
TEST_F(CatenateTest, CopiesALargePart) {
  const std::string body(600'000, 'x');
  deliver("Subject: a\r\n\r\n" + body);
  auto peer = log_in();
  EXPECT_THAT(
      peer->ask("APPEND Sent CATENATE (URL \"/INBOX/;UID=1/;SECTION=TEXT\" TEXT {1+}\r\ny)"),
      HasSubstr("x OK [APPENDUID"));
  peer->ask("EXAMINE Sent");
  EXPECT_THAT(peer->ask("FETCH 1 RFC822.SIZE"), HasSubstr("RFC822.SIZE 600001"));
  EXPECT_THAT(peer->ask("FETCH 1 BODY.PEEK[]<599999.5>"), HasSubstr("{2}\nxy"));
}

TEST_F(CatenateTest, TakesUrlsOfThisServerAndThisUser) {
  deliver("Subject: a\r\n\r\nwords");
  auto peer = log_in();
  const auto host = domain_.settings.hostname;
  auto ask = [&](const std::string& server) {
    return peer->ask("APPEND Sent CATENATE (URL \"imap://" + server + "/INBOX/;UID=1\")");
  };
  EXPECT_THAT(ask(host), HasSubstr("x OK"));
  EXPECT_THAT(ask("alice%40example.test@" + host + ":143"), HasSubstr("x OK"));
  EXPECT_THAT(ask("bob%40example.test@" + host), StartsWith("x NO [BADURL"));
  EXPECT_THAT(ask("elsewhere.test"), StartsWith("x NO [BADURL"));
}

}  // namespace
}  // namespace imapd
