#include "tests/mailctl/mailctl.hpp"

namespace mailctl {
namespace {

using RunTest = MailctlTest;

TEST_F(RunTest, TellsHelpAndVersion) {
  EXPECT_EQ(run_words({"--version"}).out.substr(0, 8), "mailctl ");
  const auto help = run_words({"--help"});
  EXPECT_EQ(help.status, 0);
  EXPECT_NE(help.out.find("Exit status:"), std::string::npos);
  EXPECT_EQ(run_words({}).status, 2);
  EXPECT_EQ(run_words({"user"}).status, 2);
  EXPECT_EQ(run_words({"user", "juggle"}).status, 2);
}

TEST_F(RunTest, SaysWhatIsWrongWithTheSettings) {
  const auto missing = run_words({"--config", "/nowhere/pabal.toml", "user", "list"});
  EXPECT_EQ(missing.status, 78);
  EXPECT_NE(missing.err.find("/nowhere/pabal.toml"), std::string::npos);
  EXPECT_NE(missing.err.find("Next: "), std::string::npos);
}

}  // namespace
}  // namespace mailctl
