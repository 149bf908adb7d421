#include "mail/imap_server_response.hpp"

#include <gtest/gtest.h>

namespace mail::imap {
namespace {

Status status(std::string_view text) { return std::get<Status>(*parse_response(text)); }
Data data_of(std::string_view text) { return std::get<Data>(*parse_response(text)); }

TEST(ImapServerResponse, ReadsStatuses) {
  const Status greeting = status("* OK [CAPABILITY IMAP4rev1 SASL-IR] Dovecot ready.");
  EXPECT_EQ(greeting.tag, "");
  EXPECT_EQ(greeting.condition, Condition::kOk);
  EXPECT_EQ(greeting.code.name, "CAPABILITY");
  EXPECT_EQ(greeting.code.arguments, "IMAP4rev1 SASL-IR");
  EXPECT_EQ(greeting.text, "Dovecot ready.");

  const Status refused = status("a3 no [TRYCREATE] Mailbox doesn't exist: (x [y");
  EXPECT_EQ(refused.tag, "a3");
  EXPECT_EQ(refused.condition, Condition::kNo);
  EXPECT_EQ(to_line(refused), "NO [TRYCREATE] Mailbox doesn't exist: (x [y");

  EXPECT_EQ(status("* BYE").condition, Condition::kBye);
  EXPECT_TRUE(status("* PREAUTH hi").ok());
  EXPECT_EQ(status("* OK [broken").text, "[broken");
  EXPECT_EQ(status("A1 OK [APPENDUID 38505 3955]").code.arguments, "38505 3955");
}

TEST(ImapServerResponse, KeepsControlCharactersFromTheTerminal) {
  EXPECT_EQ(to_line(status("* NO \x1b[31mred\r")), "NO  [31mred ");
}

TEST(ImapServerResponse, ReadsData) {
  EXPECT_EQ(data_of("* 23 EXISTS").number, 23u);
  EXPECT_EQ(data_of("* 23 exists").keyword, "EXISTS");
  EXPECT_EQ(data_of("* SEARCH ").values.size(), 0u);
  EXPECT_EQ(data_of("* SEARCH 2 84 882").values.size(), 3u);
  EXPECT_EQ(data_of("* 12 FETCH (FLAGS (\\Seen) UID 4)").values.size(), 1u);
}

TEST(ImapServerResponse, ReadsContinuations) {
  EXPECT_EQ(std::get<Continuation>(*parse_response("+")).text, "");
  EXPECT_EQ(std::get<Continuation>(*parse_response("+ ")).text, "");
  EXPECT_EQ(std::get<Continuation>(*parse_response("+ cj1mIQ==")).text, "cj1mIQ==");
}

TEST(ImapServerResponse, SaysWhatIsWrong) {
  for (const char* text : {"", "*", "* ", "* 12", "HTTP/1.1 400 Bad Request", "A1", "A1 MAYBE",
                           "* 99999999999 EXISTS", "* LIST (", " * OK"}) {
    EXPECT_FALSE(parse_response(text)) << text;
  }
}

}  // namespace
}  // namespace mail::imap
