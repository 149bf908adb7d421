#include "mua/submit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mua/result_of.hpp"
#include "tests/mua/trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

mail::smtp::OutgoingMessage message() {
  mail::smtp::OutgoingMessage out;
  out.sender = {"ann", "x.test"};
  out.recipients = {{{"bob", "x.test"}, "", ""}, {{"eve", "x.test"}, "", ""}};
  out.content = "Subject: x\r\n\r\n.hi\r\n";
  return out;
}

constexpr const char* kEnvelope =
    "C: MAIL FROM:<ann@x.test>\nS: 250 ok\nC: RCPT TO:<bob@x.test>\nS: 250 ok\n"
    "C: RCPT TO:<eve@x.test>\nS: 550 5.7.1 no\nC: DATA\nS: 354 go\n";

TEST(Submit, GivesEveryRecipientTheReplyThatDecided) {
  const ScriptedServer server({smtp_session(
      kEnvelope + std::string("C: Subject: x\nC: \nC: ..hi\nC: .\nS: 250 2.0.0 taken\n"))});
  const auto outcomes = result_of(submit(loopback_account(1, server.port()), "secret", message()));
  ASSERT_EQ(outcomes.size(), 2U);
  EXPECT_EQ(to_line(outcomes[0].reply), "250 2.0.0 taken");
  EXPECT_EQ(to_line(outcomes[1].reply), "550 5.7.1 no");
}

TEST(Submit, AConnectionLostInTheMessageIsTriedLater) {
  const std::string session = smtp_session(kEnvelope);
  const ScriptedServer server(
      {session.substr(0, session.find("C: QUIT")) + "C: Subject: x\nC: \nC: ..hi\nC: .\n"});
  const auto outcomes = result_of(submit(loopback_account(1, server.port()), "secret", message()));
  ASSERT_EQ(outcomes.size(), 2U);
  EXPECT_TRUE(outcomes[0].reply.transient());
  EXPECT_TRUE(outcomes[0].local);
  EXPECT_THAT(to_line(outcomes[0].reply), HasSubstr("may have been taken"));
  EXPECT_EQ(outcomes[1].reply.code, 550);
}

TEST(Submit, AWrongPasswordIsToldFromARefusal) {
  const ScriptedServer server(
      {"S: 220 ready\nC: ...\nS: 250-hi\nS: 250 AUTH PLAIN\nC: ...\nS: 535 5.7.8 wrong\nC: QUIT\n"
       "S: 221 bye\n",
       "S: 554 5.3.2 closed\nC: QUIT\nS: 221 bye\n"});
  const Account account = loopback_account(1, server.port());
  const Failure login = failure_of(submit(account, "guess", message()));
  EXPECT_EQ(login.code, ExitCode::kLogin);
  EXPECT_THAT(login.what(), HasSubstr("535 5.7.8 wrong"));
  EXPECT_THAT(login.advice, HasSubstr("mua setup --account ann@x.test"));
  const Failure closed = failure_of(submit(account, "secret", message()));
  EXPECT_EQ(closed.code, ExitCode::kRefused);
  EXPECT_THAT(closed.what(), HasSubstr("554 5.3.2 closed"));
}

TEST(Submit, WithoutStartTlsNoPasswordIsSaid) {
  const ScriptedServer server(
      {"S: 220 ready\nC: ...\nS: 250-hi\nS: 250 AUTH PLAIN\nC: QUIT\nS: 221 bye\n"});
  Account account = loopback_account(1, server.port());
  account.security = Security::kStartTls;
  const Failure failure = failure_of(submit(account, "secret", message()));
  EXPECT_EQ(failure.code, ExitCode::kConnection);
  EXPECT_THAT(failure.what(), HasSubstr("STARTTLS"));
}

asio::awaitable<bool> works(Account account) {
  co_await try_submission(std::move(account), "secret");
  co_return true;
}

TEST(Submit, ATryLogsInAndSendsNothing) {
  const ScriptedServer server({smtp_session(""), "S: 220 ready\nC: ...\n"});
  const Account account = loopback_account(1, server.port());
  EXPECT_TRUE(result_of(works(account)));
  EXPECT_EQ(failure_of(works(account)).code, ExitCode::kConnection);
}

}  // namespace
}  // namespace mua
