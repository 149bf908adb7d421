#include "conf/options.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <stdexcept>

#include "conf/log.hpp"
#include "conf/value_error.hpp"
#include "tests/temporary_folder.hpp"

namespace conf {
namespace {

struct Run {
  int status = -1;
  std::string out, err;
  bool checked = false, served = false;
};

Run run(
    std::vector<std::string> words, const std::function<void()>& work = [] {}) {
  Run run;
  const Daemon daemon{
      .name = "smtpd",
      .about = "Takes mail in.",
      .version = "1.2.3",
      .check = [&](const Settings&) { run.checked = true; },
      .serve =
          [&](const Settings&) {
            run.served = true;
            work();
          },
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

TEST_F(DaemonMain, SaysWhyItEndsToWhoeverReadsTheLog) {
  const auto fail = [] { throw std::runtime_error("the port is in use by \"x\""); };
  const std::string plain = "hostname = \"h\"\ndomain = \"d\"\n";
  const auto human = run({"smtpd", "--config", settings_file(plain)}, fail);
  EXPECT_EQ(human.status, 1);
  EXPECT_EQ(human.err, "smtpd: the port is in use by \"x\"\n");
  const auto json =
      run({"smtpd", "--config", settings_file(plain + "[log]\nformat = \"json\"\n")}, fail);
  start_log("smtpd", {"info", "human"});
  EXPECT_EQ(json.status, 1);
  EXPECT_TRUE(json.err.starts_with("{\"time\":\"")) << json.err;
  EXPECT_TRUE(json.err.ends_with("\"reason\":\"the port is in use by \\\"x\\\"\"}\n")) << json.err;
}

TEST_F(DaemonMain, HasAStatusForEachKindOfFailure) {
  EXPECT_EQ(run({"smtpd", "--nonsense"}).status, 2);
  const auto wrong = run({"smtpd", "--config", settings_file("hostnam = \"h\"\n")});
  EXPECT_EQ(wrong.status, 78);
  EXPECT_NE(wrong.err.find("did you mean hostname?"), std::string::npos);
}

TEST_F(DaemonMain, SaysWhereAValueStandsThatItsUseShowsToBeWrong) {
  const std::string file =
      settings_file("hostname = \"h\"\ndomain = \"d\"\n[tls]\n  key = \"none.pem\"\n");
  const auto used = run({"smtpd", "--config", file},
                        [&] { throw ValueError(folder_ / "none.pem", "it is not there"); });
  EXPECT_EQ(used.status, 78);
  EXPECT_EQ(used.err, "smtpd: " + file + ":4:9: tls.key: it is not there\n");
  const auto json = run({"smtpd", "--config",
                         settings_file("hostname = \"h\"\ndomain = \"d\"\n"
                                       "[log]\nformat = \"json\"\n")},
                        [&] { throw ValueError(folder_ / "key.pem", "it is not there"); });
  start_log("smtpd", {"info", "human"});
  EXPECT_EQ(json.status, 78);
  EXPECT_TRUE(json.err.ends_with("\"reason\":\"" + file + ": tls.key: it is not there\"}\n"))
      << json.err;
}

}  // namespace
}  // namespace conf
