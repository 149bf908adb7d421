#include "mua/screen/shell.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <sstream>

#include "tests/temporary_folder.hpp"

namespace mua::screen {
namespace {

TEST(Shell, RunsAndFeeds) {
  const tests::TemporaryFolder folder;
  const std::string out = (folder / "it's here").string();
  EXPECT_EQ(run_shell({"cat > " + shell_word(out), "text\n", ShellCommand::Afterwards::kReturn}),
            0);
  std::ostringstream read;
  read << std::ifstream(out).rdbuf();
  EXPECT_EQ(read.str(), "text\n");
  EXPECT_EQ(run_shell({"exit 3", std::nullopt, ShellCommand::Afterwards::kReturn}), 3);
}

TEST(Shell, FeedsAFile) {
  const tests::TemporaryFolder folder;
  const std::string in = (folder / "in").string(), out = (folder / "out").string();
  std::ofstream(in) << "octets";
  const auto afterwards = ShellCommand::Afterwards::kReturn;
  EXPECT_EQ(run_shell({"cat > " + shell_word(out), std::nullopt, afterwards, in}), 0);
  std::ostringstream read;
  read << std::ifstream(out).rdbuf();
  EXPECT_EQ(read.str(), "octets");
  EXPECT_EQ(run_shell({"cat", std::nullopt, afterwards, folder / "none"}), 127);
}

TEST(Shell, AProgramMayReadNothing) {
  signal(SIGPIPE, SIG_IGN);
  EXPECT_EQ(run_shell({"exit 0", std::string(1'000'000, 'x'), ShellCommand::Afterwards::kReturn}),
            0);
}

TEST(Shell, AProgramGetsNoFilesOfOurs) {
  const tests::TemporaryFolder folder;
  std::ofstream ours(folder / "ours");
  const std::string out = (folder / "open").string();
  const std::string words = "ls -l /proc/$$/fd > " + shell_word(out);
  EXPECT_EQ(run_shell({words, "text", ShellCommand::Afterwards::kReturn}), 0);
  std::ostringstream read;
  read << std::ifstream(out).rdbuf();
  EXPECT_NE(read.str().find("0 -> "), std::string::npos);
  EXPECT_EQ(read.str().find("/ours"), std::string::npos);
}

TEST(Shell, Words) {
  EXPECT_EQ(shell_word("a b"), "'a b'");
  EXPECT_EQ(shell_word("it's; rm $x"), "'it'\\''s; rm $x'");
}

}  // namespace
}  // namespace mua::screen
