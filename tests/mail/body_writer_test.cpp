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

TEST(BodyWriter, FilesReadTheSame) {
  std::string octets;
  for (int i = 0; i < 3000; ++i) octets += static_cast<char>(i * 31);
  const std::string text = render(file_part("파발.png", "", octets));
  const Part part = scan_parts(text);
  EXPECT_EQ(part.type + "/" + part.subtype, "image/png");
  EXPECT_EQ(part.disposition, "attachment");
  EXPECT_EQ(part.disposition_params[0].second, "파발.png");
  EXPECT_EQ(decode_body(part, text), octets);
}

TEST(BodyWriter, LongNamesAreFoldedByRfc2231) {
  std::string name;
  for (int i = 0; i < 30; ++i) name += "파발 ";
  const std::string text = render(file_part(name + ".txt", "", "x"));
  EXPECT_EQ(scan_parts(text).disposition_params.at(0).second, name + ".txt");
  for (std::size_t at = 0, end = 0; at < text.size(); at = end + 2) {
    end = text.find("\r\n", at);
    EXPECT_LE(end - at, 78U);
    EXPECT_FALSE(end == at && text.substr(end).find(": ") != std::string::npos) << text;
  }
}

TEST(BodyWriter, WhatIsNoTypeIsOctets) {
  for (const char* type : {"garbage", "/", "a/", ";", "\r\nX-Evil: yes"}) {
    const Part part = scan_parts(render(file_part("x", type, "x")));
    EXPECT_EQ(part.type + "/" + part.subtype, "application/octet-stream") << type;
  }
}

TEST(BodyWriter, MessagesAreNotEncoded) {
  const std::string inner = "Subject: s\r\nContent-Type: message/rfc822\r\n\r\nTo: x\r\n\r\n\r\n.";
  const std::string text = render(identity_part("message/rfc822", inner));
  EXPECT_TRUE(text.ends_with("\r\n\r\n" + inner));
  EXPECT_EQ(scan_parts(render(file_part("m.eml", "", "Subject: s\n\nx\n"))).children.size(), 1U);
  EXPECT_EQ(scan_parts(render(file_part("m.eml", "", std::string(2000, 'x')))).type, "application");
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

}  // namespace
}  // namespace mail
