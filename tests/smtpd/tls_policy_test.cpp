#include "smtpd/tls_policy.hpp"

#include <gtest/gtest.h>

namespace smtpd {
namespace {

using Security = mail::smtp::ClientOptions::Security;

TEST(TlsPolicy, LevelsHaveTheNamesOfTheSettings) {
  for (const char* name : {"none", "may", "encrypt", "verify"}) {
    EXPECT_EQ(name_of(tls_level(name)), name);
  }
}

TEST(TlsPolicy, OnlyMayIsContentWithoutTls) {
  EXPECT_EQ(security_of(TlsLevel::kNone), Security::kNone);
  EXPECT_EQ(security_of(TlsLevel::kMay), Security::kIfOffered);
  EXPECT_EQ(security_of(TlsLevel::kEncrypt), Security::kRequired);
  EXPECT_EQ(security_of(TlsLevel::kVerify), Security::kRequired);
}

}  // namespace
}  // namespace smtpd
