// tests/dialogs/imap_quota*.imap and imap_overquota*.imap hold the dialogues; here is what takes a
// change of limits while a session goes on.
#include "imapd/handlers.hpp"
#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

class CmdQuotaTest : public CommandTest {
 protected:
  void limit(std::uint64_t messages) {
    mailstore::Directory directory(domain_.settings.data / "domain.db");
    mailstore::OwnLimits limits;
    limits.messages = messages;
    ASSERT_TRUE(directory.set_limits("alice@example.test", limits));
  }
};

TEST_F(CmdQuotaTest, LimitsCountAtOnce) {
  auto peer = log_in();
  EXPECT_EQ(peer->ask("GETQUOTAROOT INBOX"), "* QUOTAROOT INBOX\nx OK Getquotaroot completed\n");
  limit(1);
  deliver("Subject: x\r\n\r\n");
  EXPECT_NE(peer->ask("GETQUOTA alice@example.test").find("(MESSAGE 1 1)"), std::string::npos);
  EXPECT_NE(peer->ask("APPEND INBOX {10}").find("x NO [OVERQUOTA]"), std::string::npos);
  limit(0);
  EXPECT_NE(peer->ask("APPEND INBOX {9+}\r\nA: b\r\n\r\nx").find("x OK [APPENDUID"),
            std::string::npos);
}

}  // namespace
}  // namespace imapd
