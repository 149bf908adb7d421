#include "mua/contents.hpp"

#include <gmock/gmock.h>

#include "tests/mua/crypt/keys.hpp"
#include "tests/mua/result_of.hpp"
#include "tests/mua/sealed_session.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

mail::imap::BodyPart text_part(const std::string& number, const std::string& subtype,
                               const std::string& encoding) {
  mail::imap::BodyPart out;
  out.number = number;
  out.type = "text";
  out.subtype = subtype;
  out.encoding = encoding;
  out.parameters = {{"charset", "utf-8"}};
  return out;
}

const MessageRef kSealedRef{"INBOX", 7, 4};

asio::awaitable<std::string> contents_text(Account account,
                                           std::optional<mail::imap::BodyPart> structure) {
  ImapSession session(account, "secret");
  co_await session.open();
  Contents contents(session, kSealedRef, std::move(structure));
  std::string text = co_await contents.text();
  co_await session.close();
  co_return text;
}

TEST(Contents, TheTextIsFetchedPartByPartAndDecoded) {
  const ScriptedServer server({imap_session(
      "C: A2 UID FETCH 4 (UID BODY.PEEK[1])\nS: * 1 FETCH (UID 4 BODY[1] {8}\nS: aMOpbGxv)\n"
      "S: A2 OK done\n"
      "C: A3 UID FETCH 4 (UID BODY.PEEK[2])\nS: * 1 FETCH (UID 4 BODY[2] \"<p>bye</p>\")\n"
      "S: A3 OK done\n",
      "A4")});
  mail::imap::BodyPart both;
  both.type = "multipart";
  both.subtype = "mixed";
  both.children = {text_part("1", "plain", "base64"), text_part("2", "html", "7bit")};
  EXPECT_EQ(result_of(contents_text(loopback_account(server.port(), 1), both)), "héllo\n\nbye\n");
}

TEST(Contents, OfNoStructureIsNothingAndAsksForNothing) {
  const ScriptedServer server({imap_session("", "A2")});
  EXPECT_EQ(result_of(contents_text(loopback_account(server.port(), 1), std::nullopt)), "");
}

/// The session up to the answer of the first command, then the end.
std::string cut_short(const std::string& dialogue) {
  const std::string all = imap_session(dialogue, "A9");
  return all.substr(0, all.find("C: A9"));
}

TEST(Contents, WhatTheServerDoesNotSendIsAFailure) {
  const ScriptedServer server(
      {cut_short("C: ...\nS: * 1 FETCH (UID 4 BODY[2] \"other\")\nS: A2 OK done\n"),
       cut_short("C: ...\nS: A2 OK done\n")});
  const auto plain = text_part("1", "plain", "7bit");
  const Account account = loopback_account(server.port(), 1);
  const Failure other = failure_of(contents_text(account, plain));
  EXPECT_EQ(other.code, ExitCode::kRefused);
  EXPECT_THAT(other.what(), HasSubstr("did not send part 1 of 4"));
  EXPECT_EQ(failure_of(contents_text(account, plain)).code, ExitCode::kNotFound);
}

class SealedContents : public crypt::WithKeys {};

/// The text and the attachment.
asio::awaitable<std::string> opened_text(Account account) {
  ImapSession session(account, "secret");
  co_await session.open();
  Contents contents = co_await fetch_contents(session, kSealedRef);
  EXPECT_TRUE(contents.is_wrapped());
  co_await contents.open();
  std::string all = co_await contents.text();
  for (const AttachedPart& attached : contents.reading().attachments) {
    const std::string octets = co_await contents.decoded(*attached.part);
    all += attached.name + ": " + octets;
  }
  co_await session.close();
  co_return all;
}

std::string fetching_all(const std::string& octets) {
  return imap_session(encrypted_structure("A2") + whole_message("A3", octets), "A4");
}

TEST_F(SealedContents, AreReadFromMemoryOnceTheyAreOpened) {
  const ScriptedServer server({fetching_all(encrypted_message())});
  EXPECT_EQ(result_of(opened_text(loopback_account(server.port(), 1))),
            "At ten.\nplan.bin: \x01\x02");
}

TEST_F(SealedContents, ThatStayShutAreAFailure) {
  const std::string octets = encrypted_message();
  const std::string all = fetching_all(octets.substr(0, octets.size() / 2) + "\r\n");
  const ScriptedServer server({all.substr(0, all.find("C: A4"))});
  const Failure failure = failure_of(opened_text(loopback_account(server.port(), 1)));
  EXPECT_EQ(failure.code, ExitCode::kFailed);
  EXPECT_THAT(failure.what(), HasSubstr("4 can't be opened"));
  EXPECT_THAT(failure.advice, HasSubstr("mua verify 4"));
}

}  // namespace
}  // namespace mua
