#include <gtest/gtest.h>
#include <openssl/x509v3.h>

#include <ctime>

#include "tests/tls/connection.hpp"
#include "tls/openssl.hpp"

namespace tls {
namespace {

namespace fs = std::filesystem;

TEST(Certificates, AreForTheNamesGiven) {
  const auto certificate = read_certificate(certificates() / "cert.pem");
  EXPECT_EQ(X509_check_host(certificate.get(), "localhost", 0, 0, nullptr), 1);
  EXPECT_EQ(X509_check_host(certificate.get(), "example.test", 0, 0, nullptr), 0);
  EXPECT_EQ(X509_check_ip_asc(certificate.get(), "::1", 0), 1);
  EXPECT_EQ(X509_check_purpose(certificate.get(), X509_PURPOSE_SSL_SERVER, 0), 1);
}

TEST(Certificates, LastAsLongAsPromised) {
  const auto now = std::time(nullptr);
  EXPECT_NEAR(static_cast<double>(certificate_expiry(certificates() / "cert.pem") - now),
              825.0 * 86400, 3600);
  EXPECT_NEAR(static_cast<double>(certificate_expiry(certificates() / "ca.pem") - now),
              3650.0 * 86400, 3600);
}

TEST(Certificates, KeysAreTheirOwnersAlone) {
  for (const auto* key : {"key.pem", "ca.key"})
    EXPECT_EQ(fs::status(certificates() / key).permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
}

TEST(Certificates, AnExistingCaIsKept) {
  const tests::TemporaryFolder folder;
  make_certificates(folder.path(), {"a.test"});
  const auto ca = read_certificate(folder / "ca.pem");
  const auto first = read_certificate(folder / "cert.pem");
  make_certificates(folder.path(), {"b.test"});
  EXPECT_EQ(X509_cmp(ca.get(), read_certificate(folder / "ca.pem").get()), 0);
  EXPECT_NE(X509_cmp(first.get(), read_certificate(folder / "cert.pem").get()), 0);
}

TEST(Certificates, AFolderThatIsNotThereIsNamed) {
  try {
    make_certificates("/nonexistent/folder", {"a.test"});
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("/nonexistent/folder/ca.key"), std::string::npos);
  }
}

}  // namespace
}  // namespace tls
