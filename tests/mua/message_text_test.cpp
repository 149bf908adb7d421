#include "mua/message_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mua/result_of.hpp"
#include "tests/mua/trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

mail::imap::BodyPart part(const std::string& number, const std::string& subtype,
                          const std::string& encoding) {
  mail::imap::BodyPart out;
  out.number = number;
  out.type = "text";
  out.subtype = subtype;
  out.encoding = encoding;
  out.parameters = {{"charset", "utf-8"}};
  return out;
}

asio::awaitable<std::string> text_of(Account account, Reading reading) {
  ImapSession session(account, "secret");
  co_await session.open();
  const MessageRef ref{"INBOX", 7, 4};
  std::string text = co_await fetch_text(session, ref, reading);
  co_await session.close();
  co_return text;
}

TEST(MessageText, IsFetchedPartByPartAndDecoded) {
  const ScriptedServer server({imap_session(
      "C: A2 UID FETCH 4 (UID BODY.PEEK[1])\nS: * 1 FETCH (UID 4 BODY[1] {8}\nS: aMOpbGxv)\n"
      "S: A2 OK done\n"
      "C: A3 UID FETCH 4 (UID BODY.PEEK[2.1])\nS: * 1 FETCH (UID 4 BODY[2.1] \"<p>bye</p>\")\n"
      "S: A3 OK done\n",
      "A4")});
  const auto plain = part("1", "plain", "base64");
  const auto html = part("2.1", "html", "7bit");
  Reading reading;
  reading.texts = {&plain, &html};
  EXPECT_EQ(result_of(text_of(loopback_account(server.port(), 1), reading)), "héllo\n\nbye\n");
}

TEST(MessageText, OfNoTextsIsNothingAndAsksForNothing) {
  const ScriptedServer server({imap_session("", "A2")});
  EXPECT_EQ(result_of(text_of(loopback_account(server.port(), 1), {})), "");
}

/// The session up to the answer of the first command, then the end.
std::string cut_after(const std::string& dialogue) {
  const std::string all = imap_session(dialogue, "A9");
  return all.substr(0, all.find("C: A9"));
}

TEST(MessageText, ThatTheServerDoesNotSendIsAFailure) {
  const ScriptedServer server(
      {cut_after("C: ...\nS: * 1 FETCH (UID 4 BODY[2] \"other\")\nS: A2 OK done\n"),
       cut_after("C: ...\nS: A2 OK done\n")});
  const auto plain = part("1", "plain", "7bit");
  Reading reading;
  reading.texts = {&plain};
  const Account account = loopback_account(server.port(), 1);
  const Failure other = failure_of(text_of(account, reading));
  EXPECT_EQ(other.code, ExitCode::kRefused);
  EXPECT_THAT(other.what(), HasSubstr("did not send part 1 of 4"));
  EXPECT_EQ(failure_of(text_of(account, reading)).code, ExitCode::kNotFound);
}

}  // namespace
}  // namespace mua
