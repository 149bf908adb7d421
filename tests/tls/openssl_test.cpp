#include "tls/openssl.hpp"

#include <gtest/gtest.h>
#include <openssl/err.h>

namespace tls {
namespace {

TEST(OpenSsl, ReasonsAreSentences) {
  EXPECT_EQ(openssl_reason(), "unknown error");
  try {
    read_certificate("/nowhere/cert.pem");
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(),
                 "/nowhere/cert.pem: cannot read the certificate: No such file or directory");
  }
  EXPECT_EQ(ERR_peek_error(), 0u);
}

}  // namespace
}  // namespace tls
