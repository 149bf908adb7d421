#include "mua/imap_session.hpp"

#include <gtest/gtest.h>

#include "tests/mua/result_of.hpp"
#include "tests/mua/trial.hpp"

namespace mua {
namespace {

mail::imap::Status status(const char* text) {
  return std::get<mail::imap::Status>(*mail::imap::parse_response(text));
}

TEST(ImapSession, AnAnswerHasItsCodesWhereverTheyStood) {
  Answer answer;
  answer.said = {status("* OK [UIDVALIDITY 3] ok"), status("* OK [UIDNEXT 9] ok")};
  answer.status = status("A1 OK [READ-WRITE] done");
  EXPECT_EQ(answer.code("UIDVALIDITY"), "3");
  EXPECT_EQ(answer.code("READ-WRITE"), "");
  EXPECT_EQ(answer.code("APPENDUID"), "");
}

TEST(ImapSession, TellsWhatIsMissingFromWhatIsRefused) {
  EXPECT_EQ(refusal("x", status("A1 NO [TRYCREATE] no")).code, ExitCode::kNotFound);
  EXPECT_EQ(refusal("x", status("A1 NO [OVERQUOTA] full")).code, ExitCode::kRefused);
  EXPECT_STREQ(refusal("x", status("A1 BAD what")).what(), "x: BAD what");
}

asio::awaitable<bool> come_and_go(Account account) {
  ImapSession session(std::move(account), "secret");
  co_await session.open();
  co_await session.close();
  co_return true;
}

TEST(ImapSession, EndsWhenTheServerHangsUpAtLogout) {
  const std::string whole = imap_session("", "A2");
  const ScriptedServer server({whole.substr(0, whole.find("S: * BYE"))});
  EXPECT_TRUE(result_of(come_and_go(loopback_account(server.port(), 1))));
}

}  // namespace
}  // namespace mua
