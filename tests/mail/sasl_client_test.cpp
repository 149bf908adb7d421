#include <gtest/gtest.h>

#include "mail/sasl.hpp"

namespace mail {
namespace {

using namespace std::string_literals;

std::string chosen(const std::vector<std::string>& offered, const ChannelBindings& bindings = {}) {
  const auto client = make_sasl_client(offered, "alice", "secret", bindings);
  return client ? client->mechanism() : "none";
}

TEST(SaslClient, TakesTheStrongestMechanism) {
  const ChannelBindings tls{"exported", "end point"};
  const std::vector<std::string> all{"LOGIN", "plain", "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"};
  EXPECT_EQ(chosen(all, tls), "SCRAM-SHA-256-PLUS");
  EXPECT_EQ(chosen(all), "SCRAM-SHA-256");
  EXPECT_EQ(chosen({"LOGIN", "plain"}, tls), "PLAIN");
  EXPECT_EQ(chosen({"LOGIN", "XOAUTH2"}), "LOGIN");
  EXPECT_EQ(chosen({"XOAUTH2", "SCRAM-SHA-256-PLUS"}), "none");
  EXPECT_EQ(chosen({}), "none");
}

TEST(SaslClient, SaysTruthfullyWhatItKnowsOfBindings) {
  const ChannelBindings tls{"exported", ""};
  const auto header = [&](const std::vector<std::string>& offered,
                          const ChannelBindings& bindings) {
    return make_sasl_client(offered, "a", "b", bindings)->initial_response()->substr(0, 2);
  };
  EXPECT_EQ(header({"SCRAM-SHA-256"}, {}), "n,");
  EXPECT_EQ(header({"SCRAM-SHA-256"}, tls), "y,");
  EXPECT_EQ(header({"SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"}, {}), "n,");
  EXPECT_EQ(header({"SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"}, tls), "p=");
}

TEST(SaslClient, SpeaksPlain) {
  const auto client = make_sasl_client({"PLAIN"}, "alice", "secret", {});
  EXPECT_EQ(client->initial_response(), "\0alice\0secret"s);
  EXPECT_EQ(client->respond("more?"), std::nullopt);
  EXPECT_TRUE(client->server_proved());
}

TEST(SaslClient, SpeaksLogin) {
  const auto client = make_sasl_client({"LOGIN"}, "alice", "secret", {});
  EXPECT_EQ(client->initial_response(), std::nullopt);
  EXPECT_EQ(client->respond("User Name"), "alice");
  EXPECT_EQ(client->respond("Password:"), "secret");
  EXPECT_EQ(client->respond("And?"), std::nullopt);
}

}  // namespace
}  // namespace mail
