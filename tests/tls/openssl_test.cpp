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
                 "/nowhere/cert.pem: No such file or directory, expected a certificate in PEM");
  }
  EXPECT_EQ(ERR_peek_error(), 0u);
}

}  // namespace
}  // namespace tls
