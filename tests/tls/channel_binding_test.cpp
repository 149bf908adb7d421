#include <gtest/gtest.h>
#include <openssl/x509.h>

#include "tests/tls/connection.hpp"
#include "tls/openssl.hpp"

namespace tls {
namespace {

class ChannelBinding : public Connection {
 protected:
  static SslCtx only(int version) {
    auto ctx = client_side();
    SSL_CTX_set_max_proto_version(ctx.get(), version);
    return ctx;
  }
};

TEST_F(ChannelBinding, BothEndsExportTheSame) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    connect_again();
    encrypt(server_side(), only(version));
    EXPECT_EQ(server_->tls_exporter().size(), 32u);
    EXPECT_EQ(server_->tls_exporter(), client_->tls_exporter());
    EXPECT_EQ(server_->cipher().substr(0, 7), version == TLS1_2_VERSION ? "TLSv1.2" : "TLSv1.3");
  }
}

TEST_F(ChannelBinding, TheServerEndPointIsTheCertificatesDigest) {
  encrypt();
  const auto certificate = read_certificate(certificates() / "cert.pem");
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  X509_digest(certificate.get(), EVP_sha256(), digest, &length);
  const std::string expected(reinterpret_cast<char*>(digest), length);
  EXPECT_EQ(server_->tls_server_end_point(), expected);
  EXPECT_EQ(client_->tls_server_end_point(), expected);
}

TEST_F(ChannelBinding, APlainConnectionHasNone) {
  EXPECT_EQ(server_->tls_exporter(), "");
  EXPECT_EQ(server_->tls_server_end_point(), "");
  EXPECT_EQ(server_->cipher(), "");
}

}  // namespace
}  // namespace tls
