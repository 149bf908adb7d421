#include "mailctl/installation.hpp"

#include "mailctl/failure.hpp"
#include "tests/mailctl/mailctl.hpp"

namespace mailctl {
namespace {

using InstallationTest = MailctlTest;

TEST_F(InstallationTest, CompletesABareNameWithTheDefaultDomain) {
  ASSERT_EQ(init({"--user", "alice"}).status, 0);
  Options options;
  options.config = data_ / "pabal.toml";
  Installation here(options);
  EXPECT_EQ(here.complete("alice"), "alice@example.test");
  EXPECT_EQ(here.complete("@example.test"), "@example.test");
  EXPECT_EQ(here.account("alice").address, "alice@example.test");
  EXPECT_THROW(here.account("nobody"), Failure);
}

}  // namespace
}  // namespace mailctl
