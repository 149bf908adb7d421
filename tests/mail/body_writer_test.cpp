#include "mail/body_writer.hpp"

#include <gtest/gtest.h>

#include "mail/part_scanner.hpp"

namespace mail {
namespace {

TEST(BodyWriter, TextTakesThePlainestEncoding) {
  const auto encoding = [](std::string_view text) { return scan_parts(text_part(text)).encoding; };
  EXPECT_EQ(encoding("plain\n"), "7bit");
  EXPECT_EQ(encoding("some words with one é\n"), "quoted-printable");
  EXPECT_EQ(encoding("파발 파발 파발\n"), "base64");
  EXPECT_EQ(encoding(std::string(79, 'x')), "quoted-printable");
  EXPECT_EQ(encoding("From me\n"), "quoted-printable");
  EXPECT_EQ(encoding(std::string_view("\0", 1)), "quoted-printable");
}

TEST(BodyWriter, TextReadsTheSameWithLineEndsOfMail) {
  for (const char* text : {"a\nb\r\nc\rd", "파발\n\n파발", "From x\n.\n long é \n", ""}) {
    const std::string part = text_part(text);
    const std::string read = decode_text(scan_parts(part), part);
    EXPECT_EQ(read.find("\n\n"), std::string::npos);
    EXPECT_TRUE(read.empty() || read.ends_with("\r\n"));
  }
  const std::string part = text_part("a\nb\r\nc\rd é");
  EXPECT_EQ(decode_text(scan_parts(part), part), "a\r\nb\r\nc\r\nd é\r\n");
}

TEST(BodyWriter, FilesReadTheSame) {
  std::string octets;
  for (int i = 0; i < 3000; ++i) octets += static_cast<char>(i * 31);
  const std::string text = file_part("파발.png", "", octets);
  const Part part = scan_parts(text);
  EXPECT_EQ(part.type + "/" + part.subtype, "image/png");
  EXPECT_EQ(part.disposition, "attachment");
  EXPECT_EQ(part.disposition_params[0].second, "파발.png");
  EXPECT_EQ(decode_body(part, text), octets);
}

TEST(BodyWriter, MessagesAreNotEncoded) {
  EXPECT_EQ(scan_parts(file_part("m.eml", "", "Subject: s\n\nx\n")).children.size(), 1U);
  EXPECT_EQ(scan_parts(file_part("m.eml", "", std::string(2000, 'x'))).type, "application");
}

TEST(BodyWriter, MultipartBoundariesAreUnique) {
  const std::string outer =
      multipart("multipart/mixed", {identity_part("text/plain", "x")}, "seed");
  const std::string nested =
      multipart("multipart/mixed", {outer, identity_part("a/b", "y")}, "seed");
  const Part root = scan_parts(nested);
  ASSERT_EQ(root.children.size(), 2U);
  EXPECT_EQ(root.children[0].children.size(), 1U);
  EXPECT_EQ(root.children[1].body.in(nested), "y");
}

}  // namespace
}  // namespace mail
