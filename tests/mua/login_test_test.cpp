#include "mua/login_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mua/trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

std::vector<Tried> test(const Account& account, std::vector<std::string>& heard) {
  std::vector<Tried> out;
  asio::io_context io(1);
  asio::co_spawn(
      io, test_login(account, "secret", [&](const Tried& tried) { heard.push_back(tried.step); }),
      [&](std::exception_ptr error, std::vector<Tried> all) {
        EXPECT_FALSE(error);
        out = std::move(all);
      });
  io.run();
  return out;
}

TEST(LoginTest, TakesEveryStep) {
  const ScriptedServer imap(
      {"S: * OK ready\n",
       imap_session("C: A2 EXAMINE INBOX\nS: * 3 EXISTS\nS: A2 OK done\n", "A3")});
  const ScriptedServer smtp({"S: 220 ready\n", smtp_session("")});
  std::vector<std::string> heard;
  const auto all = test(loopback_account(imap.port(), smtp.port()), heard);
  EXPECT_EQ(heard, (std::vector<std::string>{"IMAP address", "IMAP connection", "IMAP login",
                                             "SMTP address", "SMTP connection", "SMTP login"}));
  EXPECT_EQ(failure_of(all), nullptr);
  EXPECT_THAT(text_of(all[2]), HasSubstr("3 messages in INBOX"));
}

TEST(LoginTest, WithoutImapSubmissionIsTriedAllTheSame) {
  const ScriptedServer smtp({"S: 220 ready\n", smtp_session("")});
  std::vector<std::string> heard;
  Account account = loopback_account(1, smtp.port());
  account.imap.name = "no-such-host.invalid";
  const auto all = test(account, heard);
  EXPECT_EQ(heard, (std::vector<std::string>{"IMAP address", "SMTP address", "SMTP connection",
                                             "SMTP login"}));
  ASSERT_NE(failure_of(all), nullptr);
  EXPECT_EQ(failure_of(all)->code, ExitCode::kConnection);
  EXPECT_THAT(text_of(all[0]), HasSubstr("FAILED"));
  EXPECT_THAT(text_of(all[0]), HasSubstr("has no address"));
}

TEST(LoginTest, EachServerHasItsOwnSecurity) {
  Account account = loopback_account(1, 2);
  account.smtp_security = Security::kStartTls;
  EXPECT_EQ(for_submission(account).security, Security::kStartTls);
}

}  // namespace
}  // namespace mua
