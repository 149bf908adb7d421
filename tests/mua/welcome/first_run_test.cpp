#include "mua/welcome/first_run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <deque>

#include "mua/password.hpp"
#include "tests/mua/trial.hpp"

namespace mua::welcome {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kRefused =
    "S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\n"
    "C: A1 AUTHENTICATE PLAIN AGFubkB4LnRlc3QAd3Jvbmc=\nS: A1 NO wrong\n";

class FirstRun : public testing::Test {
 protected:
  static std::string mailbox() {
    return imap_session("C: A2 EXAMINE INBOX\nS: * 12 EXISTS\nS: A2 OK done\n", "A3");
  }
  /// Once through the steps of both servers.
  struct Servers {
    std::vector<std::string> imap{"S: * OK ready\n", mailbox()};
    std::vector<std::string> smtp{"S: 220 ready\n", smtp_session("")};
  };

  asio::awaitable<std::optional<Proposal>> propose(Asked) const { co_return proposal; }
  Surroundings around() {
    Surroundings out;
    out.dialog.say = [this](const std::string& line) { said += line + "\n"; };
    out.dialog.ask = [this](const std::string& question) {
      said += question + "\n";
      EXPECT_FALSE(answers.empty()) << "nothing is left to answer to " << question;
      if (answers.empty()) throw Failure(ExitCode::kFailed, "the terminal ended");
      std::string answer = answers.front();
      answers.pop_front();
      return answer;
    };
    out.dialog.ask_hidden = [this](const std::string& question) {
      said += question + "\n";
      std::string password = passwords.empty() ? "" : passwords.front();
      if (!passwords.empty()) passwords.pop_front();
      return password;
    };
    out.discover = [this](Asked asked) { return propose(std::move(asked)); };
    out.has_keyring = [this] { return keyring; };
    return out;
  }

  /// nullopt: it failed, as `failure` says.
  std::optional<Account> run(Servers servers) {
    const ScriptedServer imap(servers.imap), smtp(servers.smtp);
    if (proposal) {
      proposal->imap = {{"127.0.0.1", imap.port()}, Security::kNone};
      proposal->smtp = {{"127.0.0.1", smtp.port()}, Security::kNone};
    }
    CommonOptions common;
    common.settings = (folder / "mua.toml").string();
    std::optional<Account> account;
    asio::io_context io(1);
    asio::co_spawn(io, first_run(common, "ann@x.test", around()),
                   [&](std::exception_ptr thrown, Account made) {
                     try {
                       if (thrown) std::rethrow_exception(thrown);
                       account = std::move(made);
                     } catch (const Failure& why) {
                       failure = why.what();
                     }
                     io.stop();
                   });
    io.run();
    return account;
  }
  std::vector<Account> written() const {
    const auto file = folder / "mua.toml";
    return std::filesystem::exists(file) ? read_accounts(file, Trust::kOwn)
                                         : std::vector<Account>();
  }

  tests::TemporaryFolder folder;
  std::optional<Proposal> proposal{Proposal{"a test", {}, {}, "", {}}};
  std::deque<std::string> answers, passwords{"secret"};
  bool keyring = false;
  std::string said, failure;
};

TEST_F(FirstRun, ShowsEachStepAndWritesTheAccount) {
  answers = {"y", "Ann", "f"};
  const auto account = run({});
  ASSERT_TRUE(account) << failure << said;
  EXPECT_THAT(said, HasSubstr("Found by a test"));
  for (const char* step : {"IMAP address", "IMAP connection", "IMAP login", "SMTP address",
                           "SMTP connection", "SMTP login"}) {
    EXPECT_THAT(said, HasSubstr(step));
  }
  EXPECT_THAT(said, HasSubstr("12 messages in INBOX"));
  EXPECT_THAT(said, Not(HasSubstr("secret")));
  ASSERT_EQ(written().size(), 1u);
  EXPECT_EQ(written()[0].name, "Ann");
  EXPECT_EQ(password_of(written()[0]), "secret");
  struct stat status {};
  ASSERT_EQ(stat(written()[0].password_file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST_F(FirstRun, ThePasswordGoesWhereThePersonSaysAndNowhereElse) {
  answers = {"y", "", "", "x", "k", "n"};  // no keyring is there; Enter is no choice
  ASSERT_TRUE(run({})) << failure;
  EXPECT_THAT(said, Not(HasSubstr("keyring")));
  EXPECT_FALSE(has_password(written().at(0)));
  EXPECT_FALSE(std::filesystem::exists(folder / "mua-passwords"));
}

TEST_F(FirstRun, ACommandHasToPrintThatPassword) {
  answers = {"y", "", "c", "echo other", "c", "echo secret"};
  ASSERT_TRUE(run({})) << failure;
  EXPECT_THAT(said, HasSubstr("It prints another password."));
  EXPECT_EQ(written().at(0).password_command, "echo secret");
}

TEST_F(FirstRun, AWrongPasswordIsAskedForAgain) {
  passwords = {"wrong", "secret"};
  answers = {"y", "", "", "n"};
  Servers servers;
  servers.imap = {"S: * OK ready\n", kRefused, "S: * OK ready\n", mailbox()};
  servers.smtp = {"S: 220 ready\n",
                  "S: 220 ready\nC: EHLO [127.0.0.1]\nS: 250-hi\nS: 250 AUTH PLAIN\n"
                  "C: AUTH PLAIN AGFubkB4LnRlc3QAd3Jvbmc=\nS: 535 no\n",
                  "S: 220 ready\n", smtp_session("")};
  ASSERT_TRUE(run(servers)) << failure << said;
  EXPECT_THAT(said, HasSubstr("FAILED"));
}

TEST_F(FirstRun, NobodyIsSetUpWithoutBeingAsked) {
  answers = {"n"};
  EXPECT_FALSE(run({{}, {}}));
  EXPECT_EQ(failure, "no account ann@x.test was set up");
  EXPECT_TRUE(written().empty());
}

TEST_F(FirstRun, HostsThatDnsNamesElsewhereHaveToBeConfirmed) {
  proposal->source = "DNS, SRV records of x.test";
  answers = {"y", "n", "h:1", "h:2"};  // then the servers are asked for
  passwords = {};
  EXPECT_FALSE(run({{}, {}}));
  EXPECT_THAT(said, HasSubstr("127.0.0.1 is not in x.test"));
  EXPECT_THAT(said, HasSubstr("IMAP server"));
  EXPECT_TRUE(written().empty());
}

}  // namespace
}  // namespace mua::welcome
