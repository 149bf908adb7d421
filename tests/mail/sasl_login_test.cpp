#include "mail/sasl_login.hpp"

#include <gtest/gtest.h>

#include "mail/base64.hpp"

namespace mail {
namespace {

std::optional<SaslLogin> choose(std::vector<std::string> offered, PlainLogin plain) {
  return SaslLogin::choose(std::move(offered), {"ann", "secret"}, {}, plain);
}

TEST(SaslLogin, TakesPlainOnlyWhereItIsAllowed) {
  EXPECT_FALSE(choose({"PLAIN", "login"}, PlainLogin::kRefused));
  EXPECT_EQ(choose({"PLAIN"}, PlainLogin::kAllowed)->mechanism(), "PLAIN");
  EXPECT_EQ(choose({"PLAIN", "SCRAM-SHA-256"}, PlainLogin::kAllowed)->mechanism(), "SCRAM-SHA-256");
}

TEST(SaslLogin, HoldsTheInitialResponseForTheFirstChallenge) {
  auto login = choose({"PLAIN"}, PlainLogin::kAllowed);
  login->hold_initial_response(*login->initial_response());
  EXPECT_EQ(login->answer(""), "AGFubgBzZWNyZXQ=");
  EXPECT_FALSE(login->gave_up());
}

TEST(SaslLogin, GivesUpOnNonsense) {
  auto login = choose({"SCRAM-SHA-256"}, PlainLogin::kRefused);
  ASSERT_TRUE(login->initial_response());
  EXPECT_EQ(login->answer("not base 64!"), "*");
  EXPECT_TRUE(login->gave_up());
  EXPECT_FALSE(login->server_proved());

  auto second = choose({"SCRAM-SHA-256"}, PlainLogin::kRefused);
  ASSERT_TRUE(second->initial_response());
  EXPECT_EQ(second->answer(base64_encode("r=wrong,s=QSXCR+Q6sek8bf92,i=4096")), "*");
}

}  // namespace
}  // namespace mail
