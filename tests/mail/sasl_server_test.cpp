#include "mail/sasl.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

using namespace std::string_literals;

bool malformed(const SaslStep& step) {
  return std::holds_alternative<SaslFailure>(step) && std::get<SaslFailure>(step).malformed;
}
bool refused(const SaslStep& step) {
  return std::holds_alternative<SaslFailure>(step) && !std::get<SaslFailure>(step).malformed;
}

TEST(PlainServer, AsksForThePasswordsCheck) {
  const auto server = make_sasl_server("plain", {}, "seed");
  const auto check = std::get<SaslCheckPassword>(server->respond("\0alice\0secret"s));
  EXPECT_EQ(check.user, "alice");
  EXPECT_EQ(check.password, "secret");
  EXPECT_EQ(std::get<SaslSuccess>(server->password_checked(true)).user, "alice");
  EXPECT_TRUE(refused(server->password_checked(false)));
}

TEST(PlainServer, RefusesNonsenseAndActingForOthers) {
  for (const auto& bad :
       {""s, "alice"s, "\0alice"s, "\0alice\0"s, "\0\0secret"s, "\0a\0b\0c"s, "a\0b\0c\0"s})
    EXPECT_TRUE(malformed(make_sasl_server("PLAIN", {}, "")->respond(bad)));
  EXPECT_TRUE(refused(make_sasl_server("PLAIN", {}, "")->respond("bob\0alice\0secret"s)));
  EXPECT_TRUE(std::holds_alternative<SaslCheckPassword>(
      make_sasl_server("PLAIN", {}, "")->respond("alice\0alice\0secret"s)));
}

TEST(PlainServer, SucceedsForNobodyUnasked) {
  EXPECT_TRUE(refused(make_sasl_server("PLAIN", {}, "")->password_checked(true)));
  EXPECT_TRUE(malformed(make_sasl_server("PLAIN", {}, "")->keys_found(std::nullopt)));
}

TEST(LoginServer, AsksForNameAndPassword) {
  const auto server = make_sasl_server("LOGIN", {}, "");
  EXPECT_FALSE(server->client_speaks_first());
  EXPECT_EQ(std::get<SaslChallenge>(server->respond("")).data, "Username:");
  EXPECT_EQ(std::get<SaslChallenge>(server->respond("alice")).data, "Password:");
  EXPECT_EQ(std::get<SaslCheckPassword>(server->respond("secret")).password, "secret");
  EXPECT_EQ(std::get<SaslSuccess>(server->password_checked(true)).user, "alice");
}

TEST(LoginServer, TakesTheNameAsInitialResponse) {
  const auto server = make_sasl_server("LOGIN", {}, "");
  EXPECT_EQ(std::get<SaslChallenge>(server->respond("alice")).data, "Password:");
  EXPECT_TRUE(malformed(server->respond("")));
}

TEST(SaslServer, OffersWhatTheConnectionAllows) {
  const ChannelBindings tls{"exported", ""};
  EXPECT_EQ(sasl_mechanisms({}, false), (std::vector<std::string>{"SCRAM-SHA-256"}));
  EXPECT_EQ(sasl_mechanisms(tls, true),
            (std::vector<std::string>{"SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "PLAIN", "LOGIN"}));
  EXPECT_EQ(make_sasl_server("SCRAM-SHA-256-PLUS", {}, ""), nullptr);
  EXPECT_NE(make_sasl_server("scram-sha-256-plus", tls, ""), nullptr);
  EXPECT_EQ(make_sasl_server("CRAM-MD5", tls, ""), nullptr);
}

}  // namespace
}  // namespace mail
