#include "smtpd/auth.hpp"

#include <gtest/gtest.h>

#include "conf/log.hpp"
#include "mail/base64.hpp"
#include "mail/sasl.hpp"
#include "tests/dialogs/client.hpp"
#include "tests/smtpd/mail_domain.hpp"

namespace smtpd {
namespace {

TEST(Auth, CompletesBareNames) {
  EXPECT_EQ(complete_login("alice", "example.test"), "alice@example.test");
  EXPECT_EQ(complete_login("alice@other.test", "example.test"), "alice@other.test");
}

/// A client of SCRAM-SHA-256, whose proof no text file can hold, against a real session.
std::string scram(const std::string& user, const std::string& password) {
  MailDomain domain;
  domain.add_user("alice", "secret");
  dialogs::Client client(domain.port("submissions"));
  client.start_tls();
  client.read_line();
  client.send("EHLO client.test\r\n");
  while (client.read_line().value()[3] == '-') {
  }
  const auto sasl = mail::make_sasl_client({"SCRAM-SHA-256"}, user, password, {});
  client.send("AUTH SCRAM-SHA-256 " + mail::base64_encode(sasl->initial_response().value()) +
              "\r\n");
  for (;;) {
    const std::string line = client.read_line().value();
    if (!line.starts_with("334 ")) return line + (sasl->server_proved() ? " proved" : "");
    const auto answer = sasl->respond(mail::base64_decode(line.substr(4)).value());
    client.send(answer ? mail::base64_encode(*answer) + "\r\n" : "*\r\n");
  }
}

TEST(Auth, ScramProvesBothSides) {
  const std::string end = scram("alice@example.test", "secret");
  EXPECT_TRUE(end.starts_with("235 2.7.0")) << end;
  EXPECT_TRUE(end.ends_with(" proved"));
}

TEST(Auth, ScramByTheBareName) { EXPECT_TRUE(scram("alice", "secret").starts_with("235 2.7.0")); }

TEST(Auth, ScramTellsNobodyWhichNamesExist) {
  const std::string wrong = scram("alice@example.test", "wrong");
  EXPECT_TRUE(wrong.starts_with("535 5.7.8")) << wrong;
  EXPECT_EQ(scram("nobody@example.test", "secret"), wrong);
}

// "AUTH" with the credentials where the mechanism belongs.
TEST(Auth, NoPasswordGetsIntoTheLog) {
  testing::internal::CaptureStderr();
  {
    MailDomain domain;
    domain.settings.log.level = "debug";
    domain.add_user("alice", "secret");
    dialogs::Client client(domain.port("submissions"));
    client.start_tls();
    for (const std::string line :
         {"EHLO client.test", "AUTH AGFSAWNLAHNLY3JLDA==",
          "AUTH PLAIN AGFsaWNlAHdyb25nLXNlY3JldA==", "AUTH PLAIN AGFsaWNlAHNlY3JldA==", "QUIT"})
      client.send(line + "\r\n");
    while (client.read_line()) {
    }
  }
  const std::string log = testing::internal::GetCapturedStderr();
  conf::start_log("smtpd", {"error", "human"});
  EXPECT_NE(log.find("login_failed mechanism=unknown"), std::string::npos) << log;
  EXPECT_NE(log.find("login_failed mechanism=PLAIN"), std::string::npos) << log;
  for (const char* secret : {"AGFSAW", "AGFsaW", "secret"})
    EXPECT_EQ(log.find(secret), std::string::npos) << log;
}

}  // namespace
}  // namespace smtpd
