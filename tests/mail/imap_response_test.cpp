#include "mail/imap_response.hpp"

#include <gtest/gtest.h>

namespace {

std::string string_of(std::string_view text, mail::QuotedForm form = mail::QuotedForm::kAscii) {
  std::string out;
  mail::append_string(out, text, form);
  return out;
}

TEST(ImapResponse, ChoosesTheFormOfAString) {
  EXPECT_EQ(string_of("a \"b\" \\"), "\"a \\\"b\\\" \\\\\"");
  EXPECT_EQ(string_of(""), "\"\"");
  EXPECT_EQ(string_of("a\r\nb"), "{4}\r\na\r\nb");
  EXPECT_EQ(string_of("파발"), "{6}\r\n파발");
  EXPECT_EQ(string_of("파발", mail::QuotedForm::kUtf8), "\"파발\"");
  EXPECT_EQ(string_of("\xff", mail::QuotedForm::kUtf8), "{1}\r\n\xff");
  EXPECT_EQ(string_of(std::string_view("a\0", 2)), std::string("~{2}\r\na\0", 8));
}

TEST(ImapResponse, WritesAtomsBare) {
  std::string out;
  mail::append_astring(out, "INBOX");
  out += ' ';
  mail::append_astring(out, "a b");
  out += ' ';
  mail::append_astring(out, "NIL");
  EXPECT_EQ(out, "INBOX \"a b\" \"NIL\"");
}

TEST(ImapResponse, JoinsRunsOfUids) {
  EXPECT_EQ(mail::render_uid_set({}), "");
  EXPECT_EQ(mail::render_uid_set({1, 2, 3, 7, 9, 10}), "1:3,7,9:10");
  EXPECT_EQ(mail::render_uid_set({5, 3, 4}), "5,3:4");
}

TEST(ImapResponse, WritesStatus) {
  EXPECT_EQ(mail::render_status("OK", "", "done"), "OK done");
  EXPECT_EQ(mail::render_status("NO", "TRYCREATE", "no such"), "NO [TRYCREATE] no such");
}

}  // namespace
