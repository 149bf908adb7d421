#include "imapd/auth.hpp"

#include <gtest/gtest.h>

#include "mail/base64.hpp"
#include "tests/dialogs/client.hpp"
#include "tests/imapd/imap_domain.hpp"

namespace imapd {
namespace {

// Plays a mechanism's client part; the last line the server said.
std::string authenticate(dialogs::Client& client, const std::string& mechanism,
                         const std::string& user, const std::string& password) {
  auto sasl = mail::make_sasl_client({mechanism}, user, password, {});
  client.send("a AUTHENTICATE " + mechanism + " " + mail::base64_encode(*sasl->initial_response()) +
              "\r\n");
  for (;;) {
    auto line = client.read_line().value();
    if (!line.starts_with("+ ")) return line;
    auto answer = sasl->respond(*mail::base64_decode(line.substr(2)));
    client.send((answer ? mail::base64_encode(*answer) : "*") + "\r\n");
  }
}

class Auth : public testing::Test {
 protected:
  void SetUp() override {
    domain_.add_user("alice", "secret");
    client_ = std::make_unique<dialogs::Client>(domain_.port(""));
    client_->read_line();
  }

  ImapDomain domain_;
  std::unique_ptr<dialogs::Client> client_;
};

TEST_F(Auth, TakesScram) {
  auto line = authenticate(*client_, "SCRAM-SHA-256", "alice@example.test", "secret");
  EXPECT_TRUE(line.starts_with("a OK [CAPABILITY ")) << line;
}

TEST_F(Auth, TakesScramWithABareName) {
  auto line = authenticate(*client_, "SCRAM-SHA-256", "alice", "secret");
  EXPECT_TRUE(line.starts_with("a OK ")) << line;
}

TEST_F(Auth, AnswersAnUnknownUserAsAWrongPassword) {
  auto wrong = authenticate(*client_, "SCRAM-SHA-256", "alice", "guess");
  auto nobody = authenticate(*client_, "SCRAM-SHA-256", "nobody", "guess");
  EXPECT_TRUE(wrong.starts_with("a NO [AUTHENTICATIONFAILED]")) << wrong;
  EXPECT_EQ(wrong, nobody);
}

}  // namespace
}  // namespace imapd
