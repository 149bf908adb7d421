// TLS policies against real OpenSSL servers with good and bad certificates, and REQUIRETLS.
#include <gtest/gtest.h>

#include "tests/smtpd/carrier_fixture.hpp"

namespace smtpd {
namespace {

class CarrierTls : public CarrierFixture {
 protected:
  using Validity = tls::TestAuthority::Validity;

  void demand(TlsLevel level, std::vector<std::string> names = {}) {
    options_.way.tls = {level, std::move(names)};
  }
};

TEST_F(CarrierTls, WhereItIsOffered) {
  ScriptedServer server(with_tls(), authority_.issue("IP:127.0.0.1"));
  carry(server);
  EXPECT_EQ(reply(), "250 2.0.0 fine");
  EXPECT_TRUE(tls_.starts_with("TLSv1.3 TLS_") && tls_.ends_with(" verified")) << tls_;
  EXPECT_EQ(server.count("EHLO"), 2);
}

TEST_F(CarrierTls, NoneMeansNone) {
  demand(TlsLevel::kNone);
  ScriptedServer server(with_tls(), authority_.issue("IP:127.0.0.1"));
  carry(server);
  EXPECT_EQ(server.count("STARTTLS"), 0);
  EXPECT_EQ(tls_, "");
}

TEST_F(CarrierTls, AnyOfTheNames) {
  for (const char* name : {"b.test", ".b.test"}) {
    demand(TlsLevel::kVerify, {"a.test", name});
    ScriptedServer server(with_tls(), authority_.issue("DNS:b.test,DNS:mx.b.test"));
    carry(server);
    EXPECT_EQ(reply(), "250 2.0.0 fine") << name;
  }
}

struct Bad {
  const char* what;
  tls::SslCtx (*certificate)(const tls::TestAuthority&);
  const char* reason;
};

class CarrierBadCertificate : public CarrierTls, public testing::WithParamInterface<Bad> {};

TEST_P(CarrierBadCertificate, IsRefusedUnderVerify) {
  demand(TlsLevel::kVerify);
  ScriptedServer server(with_tls(), GetParam().certificate(authority_));
  carry(server);
  EXPECT_EQ(reply(), std::string("451 4.7.5 the server's certificate is not accepted: ") +
                         GetParam().reason);
  EXPECT_EQ(failure_->stage, Stage::kStartTls);
  EXPECT_EQ(server.count("MAIL"), 0);
  EXPECT_EQ(server.count("EHLO"), 1) << "never in the clear";
}

TEST_P(CarrierBadCertificate, IsGoodEnoughUnderMayAndEncrypt) {
  for (const TlsLevel level : {TlsLevel::kMay, TlsLevel::kEncrypt}) {
    demand(level);
    ScriptedServer server(with_tls(), GetParam().certificate(authority_));
    carry(server);
    EXPECT_EQ(reply(), "250 2.0.0 fine");
    EXPECT_TRUE(tls_.ends_with(" unverified")) << tls_;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Certificates, CarrierBadCertificate,
    testing::Values(
        Bad{"WrongName",
            [](const tls::TestAuthority& ours) { return ours.issue("DNS:elsewhere.test"); },
            "IP address mismatch"},
        Bad{"Expired",
            [](const tls::TestAuthority& ours) {
              return ours.issue("IP:127.0.0.1", tls::TestAuthority::Validity::kExpired);
            },
            "certificate has expired"},
        Bad{"SelfSigned",
            [](const tls::TestAuthority&) {
              return tls::TestAuthority::self_signed("IP:127.0.0.1");
            },
            "self-signed certificate"},
        Bad{"UnknownCa",
            [](const tls::TestAuthority&) { return tls::TestAuthority().issue("IP:127.0.0.1"); },
            "unable to get local issuer certificate"}),
    [](const auto& info) { return info.param.what; });

TEST_F(CarrierTls, TheNameOfAHostIsWhatCounts) {
  demand(TlsLevel::kVerify, {"mx.b.test"});
  ScriptedServer server(with_tls(), authority_.issue("DNS:mx.c.test,IP:127.0.0.1"));
  carry(server);
  EXPECT_EQ(reply(), "451 4.7.5 the server's certificate is not accepted: hostname mismatch");
}

TEST_F(CarrierTls, AHandshakeThatFailsIsGivenUpUnderMayAlone) {
  for (const char* ending : {kHangUp, kReset, "garbage", "220 go on"}) {
    for (const TlsLevel level : {TlsLevel::kMay, TlsLevel::kEncrypt, TlsLevel::kVerify}) {
      demand(level);
      // Without a certificate the server speaks on as if there were no handshake.
      ScriptedServer server([script = with_tls(), ending](const std::string& said) {
        if (said.starts_with("\x16")) return std::string(kHangUp);
        return said == "STARTTLS" ? ending : script(said);
      });
      lose_patience();
      carry(server);
      const bool may = level == TlsLevel::kMay;
      EXPECT_EQ(reply().starts_with(may ? "250" : "451 4.7.5"), true) << reply();
      EXPECT_EQ(server.count("MAIL"), may ? 1 : 0);
      EXPECT_EQ(tls_, "");
    }
  }
}

TEST_F(CarrierTls, StarttlsRefused) {
  for (const char* refusal : {"454 4.7.0 Not now", "501 5.5.4 No"}) {
    for (const TlsLevel level : {TlsLevel::kMay, TlsLevel::kEncrypt}) {
      demand(level);
      ScriptedServer server([script = with_tls(), refusal](const std::string& said) {
        return said == "STARTTLS" ? refusal : script(said);
      });
      carry(server);
      EXPECT_EQ(reply(), level == TlsLevel::kMay ? "250 2.0.0 fine" : refusal);
      EXPECT_EQ(failure_.has_value(), level != TlsLevel::kMay);
    }
  }
}

TEST_F(CarrierTls, NotOfferedButDemanded) {
  demand(TlsLevel::kEncrypt);
  ScriptedServer server(accept_all);
  carry(server);
  EXPECT_EQ(reply(), "451 4.7.4 The server does not offer STARTTLS");
  EXPECT_EQ(server.count("MAIL"), 0);
}

class CarrierRequiretls : public CarrierTls {
 protected:
  CarrierRequiretls() { message_.requiretls = true; }
};

TEST_F(CarrierRequiretls, GoesToAProvenServerThatHasIt) {
  ScriptedServer server(with_tls("REQUIRETLS"), authority_.issue("IP:127.0.0.1"));
  carry(server);
  EXPECT_EQ(reply(), "250 2.0.0 fine");
  EXPECT_EQ(server.count("MAIL FROM:<alice@example.test> REQUIRETLS"), 1);
}

TEST_F(CarrierRequiretls, ComesBackWhereTheNextHopLacksSomething) {
  const tls::SslCtx good = authority_.issue("IP:127.0.0.1");
  const auto refused = [&](const std::string& extensions, tls::SslCtx certificate) {
    ScriptedServer server(with_tls(extensions), std::move(certificate));
    carry(server);
    EXPECT_EQ(server.count("MAIL"), 0);
    EXPECT_TRUE(outcomes_[0].host_lacks);
    return reply();
  };
  const std::string why = "550 5.7.30 REQUIRETLS support required: the server ";
  EXPECT_EQ(refused("DSN", good), why + "does not offer it");
  EXPECT_EQ(refused("REQUIRETLS", tls::TestAuthority::self_signed("IP:127.0.0.1")),
            why + "has not proved who it is");
  options_.name_source = NameSource::kUnauthenticated;
  EXPECT_EQ(refused("REQUIRETLS", good), why + "has not proved who it is");
  demand(TlsLevel::kNone);
  EXPECT_EQ(refused("REQUIRETLS", good), why + "was not reached by TLS");
}

TEST_F(CarrierRequiretls, ANameOfTheSettingsNeedsNoDnssec) {
  options_.name_source = NameSource::kUnauthenticated;
  demand(TlsLevel::kMay, {"mx.b.test"});
  ScriptedServer server(with_tls("REQUIRETLS"), authority_.issue("DNS:mx.b.test"));
  carry(server);
  EXPECT_EQ(reply(), "250 2.0.0 fine");
}

TEST_F(CarrierRequiretls, NeverFallsBackToPlainText) {
  ScriptedServer server([script = with_tls()](const std::string& said) {
    return said == "STARTTLS" ? std::string(kReset) : script(said);
  });
  carry(server);
  EXPECT_EQ(outcomes_[0].reply.code, 451) << "later perhaps: " << reply();
  EXPECT_EQ(server.count("EHLO"), 1);
}

}  // namespace
}  // namespace smtpd
