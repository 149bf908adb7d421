#include "tests/mailctl/mailctl.hpp"

namespace mailctl {
namespace {

using DomainTest = MailctlTest;

TEST_F(DomainTest, KeepsDomains) {
  ASSERT_EQ(init({"--user", "alice"}).status, 0);
  EXPECT_EQ(mailctl({"domain", "add", "second.test"}).status, 0);
  EXPECT_EQ(mailctl({"domain", "add", "second.test"}).status, 4);
  EXPECT_EQ(mailctl({"domain", "add", "a b"}).status, 1);
  EXPECT_EQ(mailctl({"domain", "list"}).out,
            "DOMAIN        \nexample.test  default\nsecond.test   \n");
  EXPECT_EQ(mailctl({"domain", "remove", "second.test"}).status, 0);
  EXPECT_EQ(mailctl({"domain", "remove", "second.test"}).status, 3);
  EXPECT_EQ(mailctl({"domain", "remove", "example.test"}).status, 1);
}

}  // namespace
}  // namespace mailctl
