#include "mail/envelope.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

std::string envelope(std::string_view header) {
  std::string out;
  append_envelope(out, header);
  return out;
}

TEST(Envelope, OfTheRfc) {
  // RFC 9051 §8, the message of the example session.
  EXPECT_EQ(
      envelope("Date: Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\r\n"
               "From: Terry Gray <gray@cac.washington.edu>\r\n"
               "Subject: IMAP4rev2 WG mtg summary and minutes\r\n"
               "To: imap@cac.washington.edu\r\n"
               "cc: minutes@CNRI.Reston.VA.US, John Klensin <KLENSIN@MIT.EDU>\r\n"
               "Message-Id: <B27397-0100000@cac.washington.edu>\r\n"
               "MIME-Version: 1.0\r\n\r\n"),
      "(\"Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\" \"IMAP4rev2 WG mtg summary and minutes\" "
      "((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) "
      "((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) "
      "((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) "
      "((NIL NIL \"imap\" \"cac.washington.edu\")) "
      "((NIL NIL \"minutes\" \"CNRI.Reston.VA.US\")(\"John Klensin\" NIL \"KLENSIN\" \"MIT.EDU\")) "
      "NIL NIL \"<B27397-0100000@cac.washington.edu>\")");
}

TEST(Envelope, OfNothing) {
  EXPECT_EQ(envelope(""), "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)");
  EXPECT_EQ(envelope("Subject:\r\nFrom: \r\n\r\n"), "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)");
}

TEST(Envelope, GroupsAndBrokenAddresses) {
  EXPECT_EQ(envelope("To: Friends: a@b, \"C \\\"D\\\"\" <c@d>;, undisclosed\r\n\r\n"),
            "(NIL NIL NIL NIL NIL ((NIL NIL \"Friends\" NIL)(NIL NIL \"a\" \"b\")"
            "(\"C \\\"D\\\"\" NIL \"c\" \"d\")(NIL NIL NIL NIL)(NIL NIL \"undisclosed\" \"\")) "
            "NIL NIL NIL NIL)");
}

TEST(Envelope, SourceRoute) {
  EXPECT_NE(envelope("From: <@a.example,@b.example:user@c.example>\r\n\r\n")
                .find("((NIL \"@a.example,@b.example\" \"user\" \"c.example\"))"),
            std::string::npos);
}

TEST(Envelope, SenderOfItsOwnAndRepeatedFields) {
  EXPECT_EQ(
      envelope("From: a@b\r\nSender: s@t\r\nReply-To: r@u\r\nTo: x@y\r\nTo: z@w\r\n"
               "Subject: one\r\nSubject: two\r\nIn-Reply-To: <i@j>\r\nBcc: c@d\r\n\r\n"),
      "(NIL \"one\" ((NIL NIL \"a\" \"b\")) ((NIL NIL \"s\" \"t\")) ((NIL NIL \"r\" \"u\")) "
      "((NIL NIL \"x\" \"y\")(NIL NIL \"z\" \"w\")) NIL ((NIL NIL \"c\" \"d\")) \"<i@j>\" NIL)");
}

TEST(Envelope, RawTextIsUnfoldedAndOtherwiseUntouched) {
  EXPECT_EQ(envelope("Subject: =?UTF-8?B?7YyM?=\r\n =?UTF-8?B?67Cc?=\r\n\r\n"),
            "(NIL \"=?UTF-8?B?7YyM?= =?UTF-8?B?67Cc?=\" NIL NIL NIL NIL NIL NIL NIL NIL)");
  EXPECT_EQ(envelope("Subject: caf\xE9\r\n\r\n"),
            "(NIL {4}\r\ncaf\xE9 NIL NIL NIL NIL NIL NIL NIL NIL)");
}

TEST(Envelope, NothingIsNil) {
  std::string out;
  append_nstring(out, "");
  append_nstring(out += ' ', "NIL");
  EXPECT_EQ(out, "NIL \"NIL\"");
}

}  // namespace
}  // namespace mail
