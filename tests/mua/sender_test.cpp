#include "mua/sender.hpp"

#include <gmock/gmock.h>

#include "tests/mua/trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

TEST(Sender, IsTheAccountOrAnIdentityOfIt) {
  screen::Writer writer{loopback_account(1, 2), "", {}};
  writer.identities = {{"Treasurer", "money@x.test", "ann@x.test", ""}};
  EXPECT_EQ(sender_of(writer, "").address.to_string(), "ann@x.test");
  EXPECT_EQ(sender_of(writer, "Money@X.test").name, "Treasurer");
  try {
    sender_of(writer, "eve@x.test");
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.code, ExitCode::kUsage);
    EXPECT_THAT(failure.what(), HasSubstr("known are ann@x.test, money@x.test"));
  }
}

TEST(Sender, IdentitiesComeFromTheSettings) {
  Trial trial;
  const auto file = trial.write("mua.toml",
                                "[account.\"ann@x.test\"]\nimap = \"127.0.0.1:1\"\n"
                                "smtp = \"127.0.0.1:2\"\nsecurity = \"none\"\n"
                                "[[identity]]\nname = \"Treasurer\"\naddress = \"money@x.test\"\n");
  CommonOptions common;
  common.settings = file.string();
  const screen::Writer writer = writer_of(common, find_account(common));
  ASSERT_EQ(writer.identities.size(), 1u);
  EXPECT_EQ(writer.identities[0].address, "money@x.test");
}

}  // namespace
}  // namespace mua
