#include "conf/options.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/temporary_folder.hpp"

namespace conf {
namespace {

struct Run {
  int status = -1;
  std::string out, err;
  bool checked = false, served = false;
};

Run run(std::vector<std::string> words) {
  Run run;
  const Daemon daemon{
      .name = "smtpd",
      .about = "Takes mail in.",
      .version = "1.2.3",
      .check = [&](const Settings&) { run.checked = true; },
      .serve = [&](const Settings&) { run.served = true; },
  };
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  run.status = daemon_main(daemon, static_cast<int>(arguments.size()), arguments.data());
  run.out = testing::internal::GetCapturedStdout();
  run.err = testing::internal::GetCapturedStderr();
  return run;
}

/// A settings file of the test's own.
class DaemonMain : public testing::Test {
 protected:
  std::string settings_file(const std::string& text) const {
    const std::string file = folder_ / "pabal.toml";
    std::ofstream(file) << text;
    return file;
  }

  tests::TemporaryFolder folder_;
};

TEST_F(DaemonMain, TellsHelpAndVersion) {
  EXPECT_EQ(run({"smtpd", "--version"}).out, "smtpd 1.2.3\n");
  const auto help = run({"smtpd", "--help"});
  EXPECT_EQ(help.status, 0);
  EXPECT_NE(help.out.find("--check-config"), std::string::npos);
}

TEST_F(DaemonMain, ServesOrChecks) {
  const auto file = settings_file("hostname = \"h\"\ndomain = \"d\"\n");
  const auto served = run({"smtpd", "--config", file});
  EXPECT_TRUE(served.served && !served.checked && served.status == 0);
  const auto checked = run({"smtpd", "--config", file, "--check-config"});
  EXPECT_TRUE(checked.checked && !checked.served && checked.status == 0);
}

TEST_F(DaemonMain, HasAStatusForEachKindOfFailure) {
  EXPECT_EQ(run({"smtpd", "--nonsense"}).status, 2);
  const auto wrong = run({"smtpd", "--config", settings_file("hostnam = \"h\"\n")});
  EXPECT_EQ(wrong.status, 78);
  EXPECT_NE(wrong.err.find("did you mean hostname?"), std::string::npos);
}

}  // namespace
}  // namespace conf
