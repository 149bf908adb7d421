#include "mail/body_writer.hpp"

#include <gtest/gtest.h>

#include "mail/part_scanner.hpp"

namespace mail {
namespace {

TEST(BodyWriter, TextTakesThePlainestEncoding) {
  const auto encoding = [](std::string_view text) {
    return scan_parts(render(text_part(text))).encoding;
  };
  EXPECT_EQ(encoding("plain\n"), "7bit");
  EXPECT_EQ(encoding("some words with one é\n"), "quoted-printable");
  EXPECT_EQ(encoding("파발 파발 파발\n"), "base64");
  EXPECT_EQ(encoding(std::string(79, 'x')), "quoted-printable");
  EXPECT_EQ(encoding("From me\n"), "quoted-printable");
  EXPECT_EQ(encoding(std::string_view("\0", 1)), "quoted-printable");
}

TEST(BodyWriter, TextReadsTheSameWithLineEndsOfMail) {
  for (const char* text : {"a\nb\r\nc\rd", "파발\n\n파발", "From x\n.\n long é \n", ""}) {
    const std::string part = render(text_part(text));
    const std::string read = decode_text(scan_parts(part), part);
    EXPECT_EQ(read.find("\n\n"), std::string::npos);
    EXPECT_TRUE(read.empty() || read.ends_with("\r\n"));
  }
  const std::string part = render(text_part("a\nb\r\nc\rd é"));
  EXPECT_EQ(decode_text(scan_parts(part), part), "a\r\nb\r\nc\r\nd é\r\n");
}

TEST(BodyWriter, OnlyAMessageIsNotEncoded) {
  EXPECT_TRUE(is_message_file("m.eml", ""));
  EXPECT_TRUE(is_message_file("m", "message/rfc822"));
  EXPECT_FALSE(is_message_file("m.eml", "text/plain"));
  EXPECT_EQ(scan_parts(render(file_part("m.eml", "", FileForm::k8Bit))).encoding, "8bit");
  EXPECT_EQ(scan_parts(render(file_part("m.eml", "", FileForm::kBase64))).type, "application");
}

TEST(BodyWriter, MessagesAreNotEncoded) {
  const std::string inner = "Subject: s\r\nContent-Type: message/rfc822\r\n\r\nTo: x\r\n\r\n\r\n.";
  const std::string text = render(identity_part("message/rfc822", inner));
  EXPECT_TRUE(text.ends_with("\r\n\r\n" + inner));
}

std::string multipart_of(Entity first, Entity second) {
  std::vector<Entity> parts;
  parts.push_back(std::move(first));
  if (second) parts.push_back(std::move(second));
  return render(multipart("multipart/mixed", std::move(parts), "seed"));
}

TEST(BodyWriter, MultipartBoundariesAreUnique) {
  std::vector<Entity> inner;
  inner.push_back(identity_part("text/plain", "x"));
  const std::string nested = multipart_of(multipart("multipart/mixed", std::move(inner), "seed"),
                                          identity_part("a/b", "y"));
  const Part root = scan_parts(nested);
  ASSERT_EQ(root.children.size(), 2U);
  EXPECT_EQ(root.children[0].children.size(), 1U);
  EXPECT_EQ(root.children[1].body.in(nested), "y");
  // A part that came with the same boundary in it.
  const std::string again = multipart_of(identity_part("message/rfc822", nested), nullptr);
  EXPECT_EQ(scan_parts(again).children.at(0).body.in(again), nested);
}

TEST(BodyWriter, AMultipartIsCutWhereItsPartsEnd) {
  std::vector<Entity> parts;
  parts.push_back(text_part("hello\n"));
  parts.push_back(file_part("a.bin", "", FileForm::kBase64));
  const Entity whole = multipart("multipart/mixed", std::move(parts), "seed");
  const auto pieces = render_by_parts(whole);
  ASSERT_EQ(pieces.size(), 3U);
  EXPECT_TRUE(pieces[0].ends_with("hello\r\n"));
  EXPECT_TRUE(pieces[1].ends_with("\r\n\r\n")) << pieces[1];
  EXPECT_EQ(pieces[2].substr(0, 4 + boundary_of("seed").size()), "\r\n--" + boundary_of("seed"));
  EXPECT_EQ(pieces[0] + pieces[1] + pieces[2], render(whole));
}

}  // namespace
}  // namespace mail
