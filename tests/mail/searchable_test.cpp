#include "mail/searchable.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

TEST(Searchable, HeaderIsDecoded) {
  EXPECT_EQ(searchable_header(
                "Subject: =?UTF-8?B?7Yw=?=\r\n =?UTF-8?B?jOuwnA==?=\r\n"
                "FROM: =?euc-kr?Q?=B1=E8?= <kim@x>\r\nX-Raw: caf\xE9\r\ngarbage\r\n\r\nbody"),
            "subject: 파발\nfrom: 김 <kim@x>\nx-raw: café\ngarbage\n");
  EXPECT_EQ(searchable_header(""), "");
}

TEST(Searchable, AddressesAreFoundBehindTheirComments) {
  EXPECT_EQ(searchable_header("From: <user (so)@ (called) domain.example>\r\n"),
            "from: <user (so)@ (called) domain.example> user@domain.example\n");
  EXPECT_EQ(searchable_header("To: \"a b\"@x.example, c@x.example (C)\r\n"),
            "to: \"a b\"@x.example, c@x.example (C) a b@x.example\n");
  EXPECT_EQ(searchable_header("Subject: a (b)@x\r\n"), "subject: a (b)@x\n");
}

TEST(Searchable, BodyIsTheTextOfItsParts) {
  const std::string message =
      "Content-Type: multipart/mixed; boundary=b\r\n\r\npreamble\r\n"
      "--b\r\nContent-Type: text/plain; charset=euc-kr\r\nContent-Transfer-Encoding: "
      "base64\r\n\r\nxsS53w==\r\n"
      "--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: "
      "quoted-printable\r\n\r\n<p>a=\r\nb</p>\r\n"
      "--b\r\nContent-Type: image/png\r\n\r\nimage octets\r\n"
      "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: =?UTF-8?Q?caf=C3=A9?=\r\n\r\ninner "
      "text\r\n"
      "--b--\r\n";
  EXPECT_EQ(searchable_body(message), "파발\n<p>ab</p>\nsubject: café\ninner text\n");
}

TEST(Searchable, PlainBody) {
  EXPECT_EQ(searchable_body("Subject: s\r\n\r\ntext\r\n"), "text\r\n\n");
  EXPECT_EQ(searchable_body("Content-Type: application/pdf\r\n\r\n%PDF"), "");
}

}  // namespace
}  // namespace mail
