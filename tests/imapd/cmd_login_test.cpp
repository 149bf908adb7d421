#include <gmock/gmock.h>

#include "mail/base64.hpp"
#include "mail/sasl.hpp"
#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

using CmdLoginTest = CommandTest;

std::unique_ptr<mail::SaslClient> alice(const mail::ChannelBindings& bindings) {
  return mail::make_sasl_client({"SCRAM-SHA-256-PLUS"}, "alice@example.test", "secret", bindings);
}

std::string begin(Peer& peer, mail::SaslClient& client) {
  auto first = mail::base64_encode(client.initial_response().value_or(""));
  peer.send("x AUTHENTICATE SCRAM-SHA-256-PLUS " + first + "\r\n");
  return peer.line();
}

std::string respond(Peer& peer, mail::SaslClient& client, const std::string& challenge) {
  auto decoded = mail::base64_decode(challenge.substr(2)).value_or("");
  peer.send(mail::base64_encode(client.respond(decoded).value_or("")) + "\r\n");
  return peer.line();
}

// The whole exchange with the suite's own client, over a real TLS connection.
TEST_F(CmdLoginTest, ScramIsBoundToTheTlsConnection) {
  auto peer = connect();
  peer->start_tls(domain_.ca());
  EXPECT_THAT(peer->ask("CAPABILITY"), HasSubstr("AUTH=SCRAM-SHA-256-PLUS"));
  auto client = alice({peer->stream().tls_exporter(), peer->stream().tls_server_end_point()});
  ASSERT_TRUE(client);
  auto line = begin(*peer, *client);
  while (line.starts_with("+ ")) line = respond(*peer, *client, line);
  EXPECT_THAT(line, StartsWith("x OK"));
  EXPECT_TRUE(client->server_proved());
}

TEST_F(CmdLoginTest, TheBindingOfAnotherConnectionIsRefused) {
  auto peer = connect();
  peer->start_tls(domain_.ca());
  auto client = alice({std::string(32, 'x'), ""});
  auto challenge = begin(*peer, *client);
  ASSERT_THAT(challenge, StartsWith("+ "));
  EXPECT_THAT(respond(*peer, *client, challenge), StartsWith("x NO [AUTHENTICATIONFAILED]"));
}

TEST_F(CmdLoginTest, WrongPasswordsAreRefusedAlike) {
  auto peer = connect();
  auto known = peer->ask("LOGIN alice wrong");
  EXPECT_THAT(known, StartsWith("x NO [AUTHENTICATIONFAILED]"));
  EXPECT_EQ(peer->ask("LOGIN nobody wrong"), known);
}

}  // namespace
}  // namespace imapd
