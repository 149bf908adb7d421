#include "mail/description.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

TEST(Description, PlainMessage) {
  const Description d = describe(
      "Date: Wed, 17 Jul 1996 02:44:25 -0700\r\nMessage-ID: <id@x>\r\nSubject: "
      "s\r\n\r\none\r\ntwo\r\n");
  EXPECT_EQ(d.body, "(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 10 2)");
  EXPECT_EQ(
      d.body_structure,
      "(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 10 2 NIL NIL NIL NIL)");
  EXPECT_EQ(d.header_size, 73U);
  EXPECT_EQ(d.sent_at, 837596665);
  EXPECT_EQ(d.sent_zone_minutes, -420);
  EXPECT_EQ(d.message_id, "id@x");
}

TEST(Description, MultipartWithAttachment) {
  const Description d = describe(
      "Content-Type: multipart/mixed; boundary=\"b\"\r\nContent-Language: en, ko\r\n\r\n"
      "--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
      "8BIT\r\n\r\nx\r\n"
      "\r\n--b\r\nContent-Type: image/png; name=\"p.png\"\r\nContent-ID: <c@x>\r\n"
      "Content-Description: a picture\r\nContent-MD5: Q2hlY2s=\r\nContent-Location: u\r\n"
      "Content-Transfer-Encoding: base64\r\n"
      "Content-Disposition: attachment; filename*=utf-8''%ED%8C%8C.png\r\n\r\nYQ==\r\n--b--\r\n");
  EXPECT_EQ(d.body,
            "((\"text\" \"plain\" (\"charset\" \"utf-8\") NIL NIL \"8bit\" 3 1)(\"image\" \"png\" "
            "(\"name\" \"p.png\") \"<c@x>\" \"a picture\" \"base64\" 4) \"mixed\")");
  EXPECT_EQ(d.body_structure,
            "((\"text\" \"plain\" (\"charset\" \"utf-8\") NIL NIL \"8bit\" 3 1 NIL NIL NIL "
            "NIL)(\"image\" \"png\" (\"name\" \"p.png\") \"<c@x>\" \"a picture\" \"base64\" 4 "
            "\"Q2hlY2s=\" (\"attachment\" (\"filename*\" \"utf-8''%ED%8C%8C.png\")) NIL \"u\") "
            "\"mixed\" (\"boundary\" \"b\") NIL (\"en\" \"ko\") NIL)");
}

TEST(Description, MessageInMessage) {
  const Description d = describe(
      "Content-Type: message/rfc822\r\n\r\nSubject: in\r\nContent-Type: text/html\r\n\r\n<p>\r\n");
  EXPECT_EQ(d.body,
            "(\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 45 (NIL \"in\" NIL NIL NIL NIL NIL NIL "
            "NIL NIL) (\"text\" \"html\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 5 1) 4)");
}

TEST(Description, AnyOctetsHaveOne) {
  for (const std::string_view text :
       {std::string_view(""), std::string_view("\0\r\n\xFF", 4), std::string_view("no header"),
        std::string_view("\n\n\n"), std::string_view("Date: x\r\nMessage-ID: <<\r\n\r\n")}) {
    const Description d = describe(text);
    EXPECT_TRUE(d.body_structure.starts_with("(\"text\" \"plain\""));
    EXPECT_EQ(d.sent_at, 0);
    EXPECT_LE(d.header_size, text.size());
  }
  EXPECT_EQ(describe("Message-ID: bare\r\n\r\n").message_id, "bare");
}

}  // namespace
}  // namespace mail
