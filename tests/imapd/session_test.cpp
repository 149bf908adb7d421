#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::StartsWith;

using SessionTest = CommandTest;

TEST_F(SessionTest, AnswersPipelinedCommandsInOrder) {
  auto peer = log_in();
  peer->send("a SELECT INBOX\r\nb NOOP\r\nc NONSENSE\r\nx CLOSE\r\n");
  auto all = peer->until("x ");
  auto a = all.find("\na OK"), b = all.find("\nb OK"), c = all.find("\nc BAD");
  EXPECT_LT(a, b);
  EXPECT_LT(b, c);
  EXPECT_NE(c, all.npos);
}

TEST_F(SessionTest, TakesOctetsAsTheyCome) {
  auto peer = connect();
  for (char octet : std::string("x LOGIN {5+}\r\nalice {6+}\r\nsecret\r\n"))
    peer->send(std::string(1, octet));
  EXPECT_THAT(peer->until("x "), StartsWith("x OK"));
}

TEST_F(SessionTest, EndsWithAWordWhenTheServerStops) {
  auto peer = log_in();
  domain_.daemon().server().stop();
  EXPECT_THAT(peer->line(), StartsWith("* BYE "));
}

}  // namespace
}  // namespace imapd
