#include "imapd/handlers.hpp"
#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

class CompressTest : public CommandTest {
 protected:
  std::unique_ptr<Peer> compressed() {
    auto peer = log_in();
    EXPECT_EQ(peer->ask("COMPRESS DEFLATE"), "x OK DEFLATE active\n");
    peer->compress();
    return peer;
  }
};

TEST_F(CompressTest, EverythingAfterTheReplyIsCompressed) {
  deliver("Subject: x\r\n\r\n" + std::string(500'000, 'x') + "\r\n");
  auto peer = compressed();
  EXPECT_EQ(peer->ask("NOOP"), "x OK Noop completed\n");
  peer->ask("SELECT INBOX");
  const auto answer = peer->ask("FETCH 1 BODY.PEEK[TEXT]");
  EXPECT_NE(answer.find("BODY[TEXT] {500002}"), std::string::npos);
  EXPECT_GT(answer.size(), 500'000u);
}

TEST_F(CompressTest, Once) {
  auto peer = compressed();
  EXPECT_EQ(peer->ask("COMPRESS DEFLATE"),
            "x NO [COMPRESSIONACTIVE] DEFLATE is active by COMPRESS\n");
  EXPECT_EQ(peer->ask("NOOP"), "x OK Noop completed\n");
}

TEST_F(CompressTest, BelowTls) {
  auto peer = connect();
  peer->start_tls(domain_.ca());
  peer->ask("LOGIN alice secret");
  EXPECT_EQ(peer->ask("COMPRESS DEFLATE"), "x OK DEFLATE active\n");
  peer->compress();
  EXPECT_EQ(peer->ask("NOOP"), "x OK Noop completed\n");
}

TEST_F(CompressTest, AppendsAndIdles) {
  auto peer = compressed();
  peer->ask("SELECT INBOX");
  peer->send("a APPEND INBOX {9+}\r\nA: b\r\n\r\nx\r\n");
  EXPECT_NE(peer->until("a ").find("a OK [APPENDUID"), std::string::npos);
  peer->send("b IDLE\r\n");
  peer->until("+ ");
  deliver("Subject: news\r\n\r\n");
  peer->until("* 2 EXISTS");
  peer->send("DONE\r\n");
  EXPECT_NE(peer->until("b ").find("b OK"), std::string::npos);
}

TEST_F(CompressTest, WhatIsNoDeflateIsSaidGoodbyeTo) {
  auto peer = log_in();
  peer->ask("COMPRESS DEFLATE");
  peer->send("x NOOP\r\n");
  peer->compress();
  EXPECT_EQ(peer->line(), "* BYE what came is not compressed by DEFLATE");
}

}  // namespace
}  // namespace imapd
