#include <gmock/gmock.h>

#include "mua/commands.hpp"
#include "tests/mua/result_of.hpp"
#include "tests/mua/trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

TEST(CmdAccounts, ListsWithoutAServer) {
  Trial trial;
  EXPECT_THAT(trial.mua({"accounts"}, {}).out, HasSubstr("ann@x.test"));
  const Ended json = trial.mua({"accounts", "--json"}, {});
  EXPECT_THAT(json.out, HasSubstr("\"imap_security\":\"none\""));
  EXPECT_EQ(json.out.find("secret"), std::string::npos);
}

TEST(CmdAccounts, SaysHowToSetOneUp) {
  const tests::TemporaryFolder folder;
  CommonOptions common;
  common.settings = (folder / "none.toml").string();
  const Failure failure = failure_of(accounts(common, {}));
  EXPECT_EQ(failure.code, ExitCode::kNotFound);
  EXPECT_THAT(failure.advice, HasSubstr("mua setup --help"));
}

}  // namespace
}  // namespace mua
