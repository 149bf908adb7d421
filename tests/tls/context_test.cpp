#include "tls/context.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <fstream>

#include "conf/log.hpp"
#include "tests/tls/connection.hpp"
#include "tls/openssl.hpp"

namespace tls {
namespace {

namespace fs = std::filesystem;

using ContextTest = Connection;

std::string end_point(Stream& stream) { return stream.tls_server_end_point(); }

TEST_F(ContextTest, ReloadKeepsOldConnectionsAndServesNewOnes) {
  const tests::TemporaryFolder folder;
  make_certificates(folder.path(), {"localhost"});
  ServerContext context(folder / "cert.pem", folder / "key.pem", {});
  encrypt(context.current(), client_context(folder / "ca.pem"));
  const auto before = end_point(*client_);
  make_certificates(folder.path(), {"localhost", "imap.example.test"});
  context.reload();
  client_sends("still here\r\n");
  EXPECT_EQ(server_line(100).text, "still here");
  connect_again();
  encrypt(context.current(), client_context(folder / "ca.pem"));
  EXPECT_NE(end_point(*client_), before);
}

TEST_F(ContextTest, ChangedFilesAreNoticed) {
  const tests::TemporaryFolder folder;
  make_certificates(folder.path(), {"localhost"});
  const ServerContext context(folder / "cert.pem", folder / "key.pem", {});
  const auto before = context.current();
  context.reload_if_changed();
  EXPECT_EQ(context.current(), before);
  make_certificates(folder.path(), {"localhost"});
  fs::last_write_time(folder / "cert.pem", fs::file_time_type::clock::now() + Seconds(5));
  context.reload_if_changed();
  EXPECT_NE(context.current(), before);
}

TEST_F(ContextTest, AFailedReloadKeepsWhatWasThere) {
  const tests::TemporaryFolder folder;
  make_certificates(folder.path(), {"localhost"});
  ServerContext context(folder / "cert.pem", folder / "key.pem", {});
  const auto before = context.current();
  std::ofstream(folder / "key.pem") << "no key\n";
  EXPECT_THROW(context.reload(), std::runtime_error);
  EXPECT_EQ(context.current(), before);
  encrypt(context.current(), client_context(folder / "ca.pem"));
}

TEST_F(ContextTest, ErrorsNameTheFile) {
  const tests::TemporaryFolder folder;
  try {
    ServerContext(folder / "none.pem", folder / "key.pem", {});
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("none.pem"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("No such file"), std::string::npos) << error.what();
  }
  EXPECT_THROW(client_context(folder / "none.pem"), std::runtime_error);
}

TEST_F(ContextTest, SessionsAreResumed) {
  static SSL_SESSION* kept = nullptr;
  const auto server = server_side();
  const auto client = client_side();
  SSL_CTX_set_session_cache_mode(client.get(), SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb(client.get(), [](SSL*, SSL_SESSION* session) {
    if (kept != nullptr) SSL_SESSION_free(kept);
    kept = session;
    return 1;
  });
  encrypt(server, client);
  run(server_->write("x"), client_->fill());  // the ticket comes with the first octets
  ASSERT_NE(kept, nullptr);
  tcp::acceptor acceptor(io_, {asio::ip::address_v4::loopback(), 0});
  tcp::socket near(io_);
  near.connect(acceptor.local_endpoint());
  server_.emplace(acceptor.accept());
  const SslHandle ssl(SSL_new(client.get()));
  SSL_set_fd(ssl.get(), static_cast<int>(near.native_handle()));
  SSL_set_session(ssl.get(), kept);
  near.non_blocking(true);
  const auto connect = [](SSL* resuming, asio::any_io_executor executor) -> asio::awaitable<void> {
    for (;;) {
      const int result = SSL_connect(resuming);
      if (result == 1) co_return;
      if (SSL_get_error(resuming, result) != SSL_ERROR_WANT_READ)
        throw std::runtime_error(openssl_reason());
      co_await asio::post(executor, asio::use_awaitable);
    }
  };
  run(server_->handshake_server(server), connect(ssl.get(), server_->executor()));
  EXPECT_EQ(SSL_session_reused(ssl.get()), 1);
  SSL_SESSION_free(kept);
}

TEST_F(ContextTest, AlpnPicksOursAndRefusesStrangers) {
  const auto client = client_side();
  const std::string offered = "\x04http\x04imap";
  SSL_CTX_set_alpn_protos(client.get(), reinterpret_cast<const unsigned char*>(offered.data()),
                          static_cast<unsigned>(offered.size()));
  encrypt(server_side({"imap"}), client);
  connect_again();
  EXPECT_THROW(encrypt(server_side({"pop3"}), client), StreamError);
  connect_again();
  encrypt(server_side({"imap"}));  // a client without ALPN
}

/// ServerContext of a self-signed RSA certificate, as many a CA of one's own has made it.
SslCtx with_rsa(const tests::TemporaryFolder& folder) {
  const KeyHandle key(EVP_RSA_gen(2048));
  const CertificateHandle certificate(X509_new());
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 30 * 24 * 3600);
  X509_set_pubkey(certificate.get(), key.get());
  X509_sign(certificate.get(), key.get(), EVP_sha256());
  const auto file = [&](const char* name) { return BIO_new_file((folder / name).c_str(), "w"); };
  const BioHandle cert(file("cert.pem")), secret(file("key.pem"));
  PEM_write_bio_X509(cert.get(), certificate.get());
  PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  BIO_flush(cert.get());
  BIO_flush(secret.get());
  return ServerContext(folder / "cert.pem", folder / "key.pem", {}).current();
}

// Mozilla's intermediate list ends with it: TLS 1.2 without elliptic curves.
TEST_F(ContextTest, DheIsThereForRsaCertificates) {
  const tests::TemporaryFolder folder;
  const auto client = client_side();
  SSL_CTX_set_verify(client.get(), SSL_VERIFY_NONE, nullptr);
  SSL_CTX_set_max_proto_version(client.get(), TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(client.get(), "DHE-RSA-AES128-GCM-SHA256");
  encrypt(with_rsa(folder), client);
  EXPECT_EQ(client_->cipher(), "TLSv1.2 DHE-RSA-AES128-GCM-SHA256");
}

TEST_F(ContextTest, OldVersionsAreRefused) {
  const auto client = client_side();
  SSL_CTX_set_min_proto_version(client.get(), 0);
  SSL_CTX_set_max_proto_version(client.get(), TLS1_1_VERSION);
  EXPECT_THROW(encrypt(server_side(), client), StreamError);
}

}  // namespace
}  // namespace tls
