#include "smtpd/extensions.hpp"

#include <gtest/gtest.h>

#include "mail/smtp_extensions.hpp"

namespace smtpd {
namespace {

const Policy kPolicy{"mail.example.test", "example.test",  1234, 3,
                     conf::seconds(1),    conf::seconds(1)};

TEST(Extensions, AClientReadsThem) {
  const Reply reply = announce(kPolicy, {Channel::Security::kTls, {"PLAIN", "LOGIN"}}, "client");
  const mail::smtp::Extensions read = mail::smtp::parse_extensions(reply);
  EXPECT_TRUE(read.pipelining && read.chunking && read.binarymime && read.eightbitmime);
  EXPECT_TRUE(read.smtputf8 && read.dsn && read.size);
  EXPECT_TRUE(read.requiretls);
  EXPECT_FALSE(read.starttls);
  EXPECT_EQ(read.limit, 1234u);
  EXPECT_EQ(read.auth, (std::vector<std::string>{"PLAIN", "LOGIN"}));
}

TEST(Extensions, PlainConnectionsAreOfferedTls) {
  const auto read = mail::smtp::parse_extensions(announce(kPolicy, {}, "client"));
  EXPECT_TRUE(read.starttls);
  EXPECT_FALSE(read.requiretls);
  EXPECT_TRUE(read.auth.empty());
}

}  // namespace
}  // namespace smtpd
