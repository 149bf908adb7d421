#include <gtest/gtest.h>

#include "mail/scram.hpp"

namespace mail {
namespace {

using scram::Binding;

constexpr auto kNonce = "rOprNGfwEbeRWgbNEkqO";
constexpr auto kServerFirst =
    "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

std::unique_ptr<SaslClient> client() {
  return scram::make_client({.user = "user",
                             .password = "pencil",
                             .binding = Binding::kNone,
                             .bindings = {},
                             .nonce = kNonce});
}

TEST(ScramClient, AgreesWithTheExampleOfTheRfc) {
  const auto c = client();
  EXPECT_EQ(c->initial_response(), "n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
  EXPECT_EQ(c->respond(kServerFirst),
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
            "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
  EXPECT_FALSE(c->server_proved());
  EXPECT_EQ(c->respond("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="), "");
  EXPECT_TRUE(c->server_proved());
  EXPECT_EQ(c->respond(""), std::nullopt);
}

TEST(ScramClient, RefusesAServerThatCannotProveItself) {
  for (const auto* bad :
       {"", "e=invalid-proof", "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G5=", "v=", "v=AAAA"}) {
    const auto c = client();
    c->respond(kServerFirst);
    EXPECT_EQ(c->respond(bad), std::nullopt) << bad;
    EXPECT_FALSE(c->server_proved());
  }
}

TEST(ScramClient, RefusesNonsenseAndWeakness) {
  for (const auto* bad :
       {"", "r=other,s=W22Z,i=4096", "r=rOprNGfwEbeRWgbNEkqO,s=W22Z,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=4095", "r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=99999999",
        "r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=4096x", "r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096",
        "s=W22Z,r=rOprNGfwEbeRWgbNEkqOx,i=4096", "m=x,r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=4096"})
    EXPECT_EQ(client()->respond(bad), std::nullopt) << bad;
}

TEST(ScramClient, BindsToTheConnection) {
  const ChannelBindings bindings{"exported", "end point"};
  const auto keys = derive_scram("pencil", "salt", 4096);
  for (const auto& [ours, theirs] : {std::pair{bindings, bindings},
                                     {ChannelBindings{"", "end point"}, bindings},
                                     {ChannelBindings{"of a man in the middle", ""}, bindings}}) {
    const auto c = scram::make_client({"a,b=c", "pencil", Binding::kRequired, ours, "cn"});
    const auto s = scram::make_server(Binding::kRequired, theirs, "seed", "sn");
    EXPECT_EQ(std::get<SaslNeedKeys>(s->respond(*c->initial_response())).user, "a,b=c");
    const auto challenge = std::get<SaslChallenge>(s->keys_found(keys));
    const auto outcome = s->respond(*c->respond(challenge.data));
    const bool honest = ours.tls_exporter != "of a man in the middle";
    ASSERT_EQ(std::holds_alternative<SaslSuccess>(outcome), honest);
    if (!honest) continue;
    EXPECT_EQ(c->respond(std::get<SaslSuccess>(outcome).data), "");
  }
}

}  // namespace
}  // namespace mail
