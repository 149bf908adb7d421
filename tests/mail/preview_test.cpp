#include "mail/preview.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

std::string of_text(const std::string& body, const std::string& type = "text/plain") {
  return preview("Content-Type: " + type + "; charset=utf-8\r\n\r\n" + body);
}

std::string of_parts(const std::string& subtype, const std::string& parts) {
  return preview("Content-Type: multipart/" + subtype + "; boundary=b\r\n\r\n" + parts +
                 "\r\n--b--\r\n");
}

TEST(Preview, IsTheFirstWordsOnOneLine) {
  EXPECT_EQ(of_text("Hello,\r\n\r\n  how are\tyou?\r\n"), "Hello, how are you?");
  EXPECT_EQ(of_text("\xc2\xa0 a \xe2\x80\x8b b"), "a b");
  EXPECT_EQ(of_text(""), "");
}

TEST(Preview, HasTwoHundredCharactersOfAnyScript) {
  std::string korean;
  for (int i = 0; i < 300; ++i) korean += "한";
  EXPECT_EQ(of_text(korean), korean.substr(0, 600));
  EXPECT_EQ(of_text(std::string(199, 'x') + " y"), std::string(199, 'x'));
  EXPECT_EQ(of_text(std::string(198, 'x') + " yz"), std::string(198, 'x') + " y");
}

TEST(Preview, LeavesQuotationsOutUnlessThereIsNothingElse) {
  EXPECT_EQ(of_text("> old\r\n>> older\r\nnew\r\n"), "new");
  EXPECT_EQ(of_text("> old\r\n> words"), "> old > words");
}

TEST(Preview, DecodesEncodingAndCharset) {
  EXPECT_EQ(preview("Content-Type: text/plain; charset=iso-8859-1\r\n"
                    "Content-Transfer-Encoding: quoted-printable\r\n\r\ncaf=E9"),
            "café");
}

TEST(Preview, OfAlternativesThePlainOne) {
  const std::string html = "--b\r\nContent-Type: text/html\r\n\r\n<p>rich</p>\r\n";
  const std::string plain = "--b\r\nContent-Type: text/plain\r\n\r\nplain";
  EXPECT_EQ(of_parts("alternative", html + plain), "plain");
  EXPECT_EQ(of_parts("alternative", "--b\r\nContent-Type: text/plain\r\n\r\n \r\n" + html), "rich");
  EXPECT_EQ(of_parts("mixed", html + plain), "rich");
}

TEST(Preview, OfAttachmentsAndSecretsNothing) {
  EXPECT_EQ(of_parts("mixed",
                     "--b\r\nContent-Disposition: attachment\r\n\r\nfile\r\n"
                     "--b\r\nContent-Type: application/pdf\r\n\r\nx\r\n"
                     "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: a\r\n\r\ninner"),
            "");
  EXPECT_EQ(of_text("-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA"), "");
}

TEST(Preview, DropsWhatWouldTurnTheLineAround) {
  EXPECT_EQ(of_text("a \xe2\x80\xae"
                    "b"),
            "a b");
  EXPECT_EQ(of_text("می‌خواهم"), "می‌خواهم");
  EXPECT_EQ(of_text("👩‍💻 works"), "👩‍💻 works");
}

TEST(Preview, IsTheSameForAMessageThatWasCutShort) {
  const std::string message =
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nwords\r\n";
  EXPECT_EQ(preview(message), "words");
}

}  // namespace
}  // namespace mail
