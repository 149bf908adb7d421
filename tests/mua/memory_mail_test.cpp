#include "mua/memory_mail.hpp"

#include <gtest/gtest.h>

namespace mua {
namespace {

TEST(MemoryMail, OfOnePart) {
  const MemoryMail mail("Subject: a\r\n\r\nhello\r\n");
  EXPECT_EQ(mail.structure().number, "1");
  EXPECT_EQ(mail.structure().type, "text");
  EXPECT_EQ(mail.octets("1"), "hello\r\n");
  EXPECT_EQ(mail.octets("HEADER"), "Subject: a\r\n\r\n");
  EXPECT_EQ(mail.octets("2"), std::nullopt);
}

TEST(MemoryMail, NumbersPartsAsServersDo) {
  const MemoryMail mail(
      "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n\r\none\r\n--m\r\n"
      "Content-Type: message/rfc822\r\n\r\nSubject: in\r\nContent-Type: multipart/mixed; "
      "boundary=n\r\n\r\n"
      "--n\r\n\r\ndeep\r\n--n--\r\n--m\r\nContent-Type: image/png; name=a.png\r\n"
      "Content-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--m--\r\n");
  EXPECT_EQ(mail.structure().number, "");
  ASSERT_EQ(mail.structure().children.size(), 3u);
  EXPECT_EQ(mail.octets("1"), "one");
  EXPECT_EQ(mail.octets("2.HEADER")->substr(0, 11), "Subject: in");
  EXPECT_EQ(mail.structure().children[1].children.at(0).children.at(0).number, "2.1");
  EXPECT_EQ(mail.octets("2.1"), "deep");
  EXPECT_EQ(mail.structure().children[2].encoding, "base64");
  EXPECT_EQ(mail.structure().children[2].file_name(), "a.png");
}

}  // namespace
}  // namespace mua
