#include "mail/transfer_encoding.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

TEST(TransferEncoding, Base64IsLenient) {
  EXPECT_EQ(decode_base64_body("YWJj\r\nZGVm\r\n"), "abcdef");
  EXPECT_EQ(decode_base64_body("Y W J j *"), "abc");
  EXPECT_EQ(decode_base64_body("YQ"), "a");
  EXPECT_EQ(decode_base64_body("YQ==YmM="), "abc");
  EXPECT_EQ(decode_base64_body("===="), "");
  EXPECT_EQ(decode_base64_body("Y"), "");
  EXPECT_EQ(decode_base64_body("Y=Q=YWJj"), "abc");
  EXPECT_EQ(decode_base64_body("Y|W{J\x7F\x80j\xFF"), "abc");
}

TEST(TransferEncoding, QuotedPrintable) {
  EXPECT_EQ(decode_quoted_printable("a=3Db=\r\nc \r\nd"), "a=bc\r\nd");
  EXPECT_EQ(decode_quoted_printable("caf=c3=A9\n"), "café\n");
  EXPECT_EQ(decode_quoted_printable("a=\t\r\nb"), "ab");
  EXPECT_EQ(decode_quoted_printable("=XY=4=\n=="), "=XY=4=");
  EXPECT_EQ(decode_quoted_printable("=00=0D=0A"), std::string("\0\r\n", 3));
  EXPECT_EQ(decode_quoted_printable("a \f= b\r\x1B=4"), "a \f= b\r\x1B=4");
  EXPECT_EQ(decode_quoted_printable("no line end "), "no line end");
}

TEST(TransferEncoding, WhatIsEncodedDecodesToTheSame) {
  std::string octets;
  for (int i = 0; i < 1000; ++i) octets += static_cast<char>(i * 7);
  EXPECT_EQ(decode_base64_body(encode_base64_body(octets)), octets);
  for (const std::string& text :
       {std::string(), std::string("a\r\n"), std::string("From x\r\n.\r\ntrailing \t\r\n\r\nend "),
        std::string(300, 'x') + "\r\n", std::string(75, 'x') + "=\r\n", std::string(76, 'x'),
        std::string("파발 파발 파발 파발 파발 파발 파발 파발 파발 파발\r\n"), octets}) {
    const std::string encoded = encode_quoted_printable(text);
    EXPECT_EQ(decode_quoted_printable(encoded), text);
    for (std::size_t at = 0; at < encoded.size();) {
      const std::size_t end = std::min(encoded.find("\r\n", at), encoded.size());
      EXPECT_LE(end - at, 76U);
      EXPECT_NE(encoded.substr(at, end - at), ".");
      EXPECT_NE(encoded.substr(at, 5), "From ");
      at = end + 2;
    }
  }
}

// Cut anywhere, a beginning that is said to be whole decodes as it does with the rest behind it.
TEST(TransferEncoding, PrefixesDecodeByThemselves) {
  for (const std::string& encoding : {std::string("base64"), std::string("quoted-printable")}) {
    for (const std::string& text :
         {std::string("YWJj=ZGVm\r\nZ!2hp=="), std::string("a=C3=BC =\r\n b \t\r\n=\n=x \x01 c"),
          std::string("====\r\n=="), std::string("   \r\n"), std::string()}) {
      for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        const std::size_t whole = decodable_prefix(text.substr(0, cut), encoding);
        ASSERT_LE(whole, cut);
        EXPECT_EQ(decode_transfer(text.substr(0, whole), encoding) +
                      decode_transfer(text.substr(whole), encoding),
                  decode_transfer(text, encoding))
            << encoding << " " << text << " at " << cut;
      }
    }
  }
}

TEST(TransferEncoding, ByName) {
  EXPECT_EQ(decode_transfer("YQ==", "base64"), "a");
  EXPECT_EQ(decode_transfer("=61", "quoted-printable"), "a");
  EXPECT_EQ(decode_transfer("=61", "x-unknown"), "=61");
  EXPECT_TRUE(is_identity("8bit"));
  EXPECT_FALSE(is_identity("base64"));
}

}  // namespace
}  // namespace mail
