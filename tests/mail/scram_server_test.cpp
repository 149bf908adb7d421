#include <gtest/gtest.h>

#include "mail/base64.hpp"
#include "mail/scram.hpp"

namespace mail {
namespace {

using scram::Binding;

// The exchange of RFC 7677 §3.
constexpr auto kFirst = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
constexpr auto kServerNonce = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
constexpr auto kFirstOfServer =
    "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
constexpr auto kFinal =
    "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
    "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
constexpr auto kServerFinal = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

ScramCredentials pencil() {
  return derive_scram("pencil", *base64_decode("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096);
}

std::unique_ptr<SaslServer> server(Binding binding = Binding::kNone,
                                   const ChannelBindings& bindings = {}) {
  return scram::make_server(binding, bindings, "seed", kServerNonce);
}

bool is_malformed(const SaslStep& step) {
  return std::holds_alternative<SaslFailure>(step) && std::get<SaslFailure>(step).malformed;
}
bool is_refused(const SaslStep& step) {
  return std::holds_alternative<SaslFailure>(step) && !std::get<SaslFailure>(step).malformed;
}

TEST(ScramServer, AgreesWithTheExampleOfTheRfc) {
  const auto s = server();
  EXPECT_EQ(std::get<SaslNeedKeys>(s->respond(kFirst)).user, "user");
  EXPECT_EQ(std::get<SaslChallenge>(s->keys_found(pencil())).data, kFirstOfServer);
  const auto success = std::get<SaslSuccess>(s->respond(kFinal));
  EXPECT_EQ(success.user, "user");
  EXPECT_EQ(success.data, kServerFinal);
  EXPECT_TRUE(is_malformed(s->respond(kFinal)));
}

TEST(ScramServer, RefusesAWrongProof) {
  const auto s = server();
  s->respond(kFirst);
  s->keys_found(derive_scram("pencils", pencil().salt, 4096));
  EXPECT_TRUE(is_refused(s->respond(kFinal)));
}

TEST(ScramServer, AnUnknownUserLooksLikeAKnownOne) {
  const auto challenge = [](const std::string& seed) {
    const auto s = scram::make_server(Binding::kNone, {}, seed, kServerNonce);
    s->respond(kFirst);
    auto step = s->keys_found(std::nullopt);
    EXPECT_TRUE(is_refused(s->respond(kFinal)));
    return std::get<SaslChallenge>(step).data;
  };
  EXPECT_EQ(challenge("seed"), challenge("seed"));
  EXPECT_NE(challenge("seed"), challenge("another"));
  EXPECT_NE(challenge("seed").find(",i=10000"), std::string::npos);
}

TEST(ScramServer, RefusesMalformedFirstMessages) {
  for (const auto* bad :
       {"", "n", "n,", "n,,", "n,,n=user", "n,,r=x,n=user", "n,,n=,r=x", "n,,n=us=er,r=x",
        "n,,m=ext,n=user,r=x", "x,,n=user,r=x", "n,b=user,n=user,r=x", "n,,n=user,r=", "p=,,"})
    EXPECT_TRUE(is_malformed(server()->respond(bad))) << bad;
}

TEST(ScramServer, RefusesMalformedFinalMessages) {
  for (const auto* bad : {"", "c=biws", "c=biws,r=x",
                          "c=bi,r=x,p=eA==", "r=x,c=biws,p=eA==", "c=biws,r=x,p=!", "p=eA=="}) {
    const auto s = server();
    s->respond(kFirst);
    s->keys_found(pencil());
    EXPECT_TRUE(is_malformed(s->respond(bad))) << bad;
  }
}

TEST(ScramServer, RefusesAnotherNonceAndAnotherHeader) {
  for (const std::string bad :
       {"c=biws,r=rOprNGfwEbeRWgbNEkqO,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
        "c=eSws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
        "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=eA=="}) {
    const auto s = server();
    s->respond(kFirst);
    s->keys_found(pencil());
    EXPECT_TRUE(is_refused(s->respond(bad))) << bad;
  }
}

TEST(ScramServer, ActsForNobodyElse) {
  EXPECT_TRUE(is_refused(server()->respond("n,a=other,n=user,r=x")));
  EXPECT_TRUE(std::holds_alternative<SaslNeedKeys>(server()->respond("n,a=user,n=user,r=x")));
}

TEST(ScramServer, NoticesThatPlusWasTakenAway) {
  const ChannelBindings bindings{"exported", "end point"};
  EXPECT_TRUE(is_refused(server(Binding::kNone, bindings)->respond("y,,n=user,r=x")));
  EXPECT_TRUE(is_refused(server(Binding::kNone, bindings)->respond("p=tls-exporter,,n=user,r=x")));
  EXPECT_TRUE(std::holds_alternative<SaslNeedKeys>(
      server(Binding::kNone, bindings)->respond("n,,n=user,r=x")));
  EXPECT_TRUE(std::holds_alternative<SaslNeedKeys>(server()->respond("y,,n=user,r=x")));
}

TEST(ScramServer, PlusNeedsABindingOfTheConnection) {
  const ChannelBindings bindings{"", "end point"};
  EXPECT_TRUE(is_refused(server(Binding::kRequired, bindings)->respond("n,,n=user,r=x")));
  EXPECT_TRUE(
      is_refused(server(Binding::kRequired, bindings)->respond("p=tls-exporter,,n=user,r=x")));
  EXPECT_TRUE(
      is_refused(server(Binding::kRequired, bindings)->respond("p=tls-unique,,n=user,r=x")));
  EXPECT_TRUE(std::holds_alternative<SaslNeedKeys>(
      server(Binding::kRequired, bindings)->respond("p=tls-server-end-point,,n=user,r=x")));
}

}  // namespace
}  // namespace mail
