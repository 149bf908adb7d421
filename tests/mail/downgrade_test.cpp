#include "mail/downgrade.hpp"

#include <gtest/gtest.h>

#include "mail/part_scanner.hpp"

namespace mail {
namespace {

std::string to_7bit(std::string_view message) {
  const auto converted = downgrade(message, BodyType::k7Bit);
  return converted ? *converted : "refused: " + converted.error();
}

TEST(Downgrade, LeavesWhatIsFitAsItIs) {
  const std::string message = "Content-Transfer-Encoding:  8bit\r\n\r\nascii\r\n";
  EXPECT_EQ(to_7bit(message), message);
  EXPECT_EQ(*downgrade("A: b\r\n\r\n\xe9\r\n", BodyType::k8BitMime), "A: b\r\n\r\n\xe9\r\n");
}

TEST(Downgrade, ASinglePart) {
  EXPECT_EQ(to_7bit("Subject: x\r\nMIME-Version: 1.0\r\n"
                    "Content-Type: text/plain; charset=utf-8\r\n"
                    "Content-transfer-encoding: 8bit\r\nX-Last: 1\r\n\r\n"
                    "A caf\xc3\xa9 with = in it, of some length\r\n"),
            "Subject: x\r\nMIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-transfer-encoding: quoted-printable\r\nX-Last: 1\r\n\r\n"
            "A caf=C3=A9 with =3D in it, of some length\r\n");
}

TEST(Downgrade, MimeForAMessageFromBeforeMime) {
  EXPECT_EQ(to_7bit("Subject: x\r\n\r\nA text with a caf\xc3\xa9 in it\r\n"),
            "Subject: x\r\nContent-Transfer-Encoding: quoted-printable\r\nMIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n\r\nA text with a caf=C3=A9 in it\r\n");
  EXPECT_NE(to_7bit("Subject: x\r\n\r\nA text with a caf\xe9 in it\r\n").find("unknown-8bit"),
            std::string::npos);
  EXPECT_NE(to_7bit("Subject: x\r\n\r\n" + std::string(1200, 'x') + "\r\n").find("us-ascii"),
            std::string::npos);
}

constexpr std::string_view kMixed =
    "MIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=b\r\n"
    "Content-Transfer-Encoding: 8bit\r\n"
    "\r\n"
    "preamble\r\n"
    "--b\r\n"
    "Content-Type: text/plain\r\n"
    "Content-Transfer-Encoding:   7bit\r\n"
    "\r\n"
    "untouched =E9 \r\n"
    "--b \r\n"
    "Content-Type: text/plain; charset=iso-8859-1\r\n"
    "\r\n"
    "a text that has one caf\xe9\r\n"
    "--b\r\n"
    "Content-Type: image/x-any\r\n"
    "Content-Transfer-Encoding: binary\r\n"
    "\r\n"
    "\xff\xfe\xfd\xfc\xfb\xfa\r\n"
    "--b--\r\n"
    "epilogue\r\n";

TEST(Downgrade, PartByPart) {
  EXPECT_EQ(to_7bit(kMixed),
            "MIME-Version: 1.0\r\n"
            "Content-Type: multipart/mixed; boundary=b\r\n"
            "Content-Transfer-Encoding: 7bit\r\n"
            "\r\n"
            "preamble\r\n"
            "--b\r\n"
            "Content-Type: text/plain\r\n"
            "Content-Transfer-Encoding:   7bit\r\n"
            "\r\n"
            "untouched =E9 \r\n"
            "--b \r\n"
            "Content-Type: text/plain; charset=iso-8859-1\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n"
            "\r\n"
            "a text that has one caf=E9\r\n"
            "--b\r\n"
            "Content-Type: image/x-any\r\n"
            "Content-Transfer-Encoding: base64\r\n"
            "\r\n"
            "//79/Pv6\r\n"
            "--b--\r\n"
            "epilogue\r\n");
}

TEST(Downgrade, DecodedEveryPartIsAsItWas) {
  std::string binary =
      "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n";
  for (int i = 0; i < 5000; ++i) binary += static_cast<char>(i * 7 + i / 256);
  binary += "\r\n--b\r\nContent-Type: text/html\r\n\r\nbare \n and \r here\r\n\r\n";
  binary += std::string(3000, 'y') + "  \r\n--b--\r\n";
  for (const BodyType most : {BodyType::k7Bit, BodyType::k8BitMime}) {
    const auto converted = downgrade(binary, most);
    ASSERT_TRUE(converted) << converted.error();
    EXPECT_LE(body_type(*converted), most);
    const Part before = scan_parts(binary);
    const Part after = scan_parts(*converted);
    ASSERT_EQ(after.children.size(), 2u);
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_EQ(decode_body(after.children[i], *converted),
                decode_body(before.children[i], binary));
    }
  }
}

TEST(Downgrade, AMessageInside) {
  EXPECT_EQ(to_7bit("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n"
                    "MIME-Version: 1.0\r\n\r\n"
                    "Subject: inside\r\n\r\nA text with a caf\xe9 in it\r\n"),
            "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 7bit\r\n"
            "MIME-Version: 1.0\r\n\r\n"
            "Subject: inside\r\nContent-Transfer-Encoding: quoted-printable\r\n"
            "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=unknown-8bit\r\n\r\n"
            "A text with a caf=E9 in it\r\n");
}

TEST(Downgrade, AGlobalMessageMayBeEncodedWhole) {
  const std::string converted = to_7bit(
      "Content-Type: message/global\r\nMIME-Version: 1.0\r\n\r\n"
      "Subject: \xed\x8c\x8c\r\n\r\n\xed\x8c\x8c\r\n");
  EXPECT_NE(converted.find("Content-Transfer-Encoding: base64\r\n\r\nU3ViamVjdDo"),
            std::string::npos)
      << converted;
}

TEST(Downgrade, SignedPartsAreNotTouched) {
  const std::string signed_part =
      "Content-Type: multipart/signed; boundary=s\r\n\r\n--s\r\n\r\n\xe9\r\n"
      "--s\r\nContent-Type: application/pgp-signature\r\n\r\nsig\r\n--s--\r\n";
  EXPECT_EQ(to_7bit("MIME-Version: 1.0\r\n" + signed_part),
            "refused: a signed part would be changed");
  const std::string nested =
      "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n" + signed_part + "--m--\r\n";
  EXPECT_EQ(to_7bit(nested), "refused: a signed part would be changed");
  // Beside a part that needs it, a signed one that is fit stays.
  const std::string fit =
      "Content-Type: multipart/signed; boundary=s\r\n\r\n--s\r\n\r\nok\r\n--s--\r\n";
  const std::string beside =
      to_7bit("Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n" + fit +
              "\r\n--m\r\n\r\na text that has one caf\xe9\r\n--m--\r\n");
  EXPECT_NE(beside.find(fit), std::string::npos) << beside;
  EXPECT_NE(beside.find("caf=E9"), std::string::npos);
}

TEST(Downgrade, LongLinesOfTextAndOfHeaders) {
  const std::string words = "To: " + std::string(600, 'a') + ", " + std::string(600, 'b') + "\r\n";
  const std::string long_text(1500, 'x');
  const auto converted = downgrade(words + "\r\n" + long_text + "\r\n", BodyType::k8BitMime);
  ASSERT_TRUE(converted) << converted.error();
  EXPECT_TRUE(converted->starts_with("To: " + std::string(600, 'a') + ",\r\n " +
                                     std::string(600, 'b') + "\r\n"));
  const Part part = scan_parts(*converted);
  EXPECT_EQ(part.encoding, "quoted-printable");
  EXPECT_EQ(decode_body(part, *converted), long_text + "\r\n");
}

TEST(Downgrade, WhatIsEncodedAlreadyIsEncodedAnew) {
  const std::string line(1200, 'Q');
  const auto converted = downgrade(
      "MIME-Version: 1.0\r\nContent-Transfer-Encoding: base64\r\n\r\n" + line, BodyType::k7Bit);
  ASSERT_TRUE(converted);
  const Part part = scan_parts(*converted);
  EXPECT_EQ(part.encoding, "base64");
  EXPECT_EQ(decode_body(part, *converted).size(), 900u);
  EXPECT_EQ(body_type(*converted), BodyType::k7Bit);
}

TEST(Downgrade, WhatCannotBeHelped) {
  EXPECT_EQ(to_7bit("Subject: caf\xe9\r\n\r\nx\r\n"),
            "refused: its header has octets that only a newer server takes");
  EXPECT_EQ(to_7bit("X: " + std::string(1000, 'x') + "\r\n\r\n"),
            "refused: its header has octets that only a newer server takes");
  EXPECT_EQ(to_7bit("Content-Type: message/partial\r\n\r\n\xe9\r\n"),
            "refused: a part of type message/partial can't be encoded");
  EXPECT_EQ(to_7bit("Content-Type: multipart/mixed\r\n\r\n\xe9\r\n"),
            "refused: a part of type multipart/mixed can't be encoded");
  EXPECT_EQ(
      to_7bit("Content-Type: multipart/mixed; boundary=\"\xe9\"\r\n\r\n--\xe9\r\n\r\n--\xe9--\r\n"),
      "refused: its header has octets that only a newer server takes");
}

TEST(Downgrade, WhatNobodyReadsGoes) {
  EXPECT_EQ(to_7bit("Content-Type: multipart/mixed; "
                    "boundary=b\r\n\r\n\xe9\r\n--b\r\n\r\nx\r\n--b--\r\n\xe9\r\n"),
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n");
}

TEST(Downgrade, FindsUtf8Headers) {
  EXPECT_FALSE(has_utf8_header("A: b\r\n\r\n\xe9\r\n"));
  EXPECT_TRUE(has_utf8_header("A: \xe9\r\n\r\n\r\n"));
  EXPECT_TRUE(has_utf8_header(
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nX: \xe9\r\n\r\n--b--\r\n"));
}

}  // namespace
}  // namespace mail
