#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "mua/account.hpp"
#include "tests/mua/trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

constexpr const char* kServerList =
    "C: A2 LIST \"\" \"*\"\nS: * LIST () \"/\" INBOX\nS: A2 OK done\n";

std::string host(const ScriptedServer& server) {
  return "127.0.0.1:" + std::to_string(server.port());
}

/// `--settings` given twice: the last one counts.
std::vector<std::string> setup(const Trial& trial, const ScriptedServer& imap,
                               const ScriptedServer& smtp) {
  return {"setup",
          "--account",
          "ann@x.test",
          "--name",
          "Ann",
          "--imap",
          host(imap),
          "--smtp",
          host(smtp),
          "--security",
          "none",
          "--ca",
          trial.write("ca.pem", "").string(),
          "--password-command",
          "echo secret"};
}

TEST(CmdSetup, TriesBothLoginsThenWrites) {
  Trial trial;
  std::filesystem::remove(trial.folder() / "mua.toml");
  const ScriptedServer imap({imap_session(kServerList, "A3")});
  const ScriptedServer smtp({smtp_session("")});
  const Ended ended = trial.mua(setup(trial, imap, smtp), {});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("logged in as ann@x.test, 1 mailboxes\nsmtp "));
  const auto accounts = read_accounts(trial.folder() / "mua.toml", Trust::kOwn);
  ASSERT_EQ(accounts.size(), 1u);
  EXPECT_EQ(accounts[0].imap.to_string(), host(imap));
  EXPECT_EQ(accounts[0].password_command, "echo secret");
  EXPECT_TRUE(accounts[0].password_file.empty());
}

TEST(CmdSetup, ARefusedLoginWritesNothing) {
  Trial trial;
  const ScriptedServer imap(
      {"S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\nC: ...\n"
       "S: A1 NO [AUTHENTICATIONFAILED] wrong\n"});
  const ScriptedServer smtp({});
  const Ended ended = trial.mua(setup(trial, imap, smtp), {});
  EXPECT_EQ(ended.code, 5);
  const auto accounts = read_accounts(trial.folder() / "mua.toml", Trust::kOwn);
  EXPECT_TRUE(accounts[0].password_command.empty());
}

TEST(CmdSetup, NeedsAnAddressAndServers) {
  Trial trial;
  EXPECT_EQ(trial.mua({"setup", "--imap", "h:993", "--smtp", "h:465"}, {}).code, 2);
  EXPECT_EQ(trial
                .mua({"setup", "--account", "a@x.test", "--imap", "h", "--smtp", "h:465",
                      "--password-command", "echo x"},
                     {})
                .code,
            2);
}

}  // namespace
}  // namespace mua
