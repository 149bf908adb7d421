#include "mail/attached_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "mail/part_scanner.hpp"
#include "mail/transfer_encoding.hpp"

namespace mail {
namespace {

/// Its part as it stands in a message, the content read in pieces of that size.
std::string written(const std::string& name, const std::string& type, const std::string& content,
                    std::size_t size = 1000) {
  Attachment attachment{name, type, "", [content, size] {
                          return [content, size, at = std::size_t{0}]() mutable {
                            std::string piece = content.substr(std::min(at, content.size()), size);
                            at += piece.size();
                            return piece;
                          };
                        }};
  const AttachedFile file(attachment, "=_boundary");
  std::string out = render(file.part());
  file.write([&](std::string_view piece) { out += piece; });
  return out;
}

TEST(AttachedFile, ReadsTheSame) {
  std::string octets;
  for (int i = 0; i < 3000; ++i) octets += static_cast<char>(i * 31);
  for (const std::size_t size : {1, 56, 57, 58, 5000}) {
    const std::string text = written("파발.png", "", octets, size);
    const Part part = scan_parts(text);
    EXPECT_EQ(part.type + "/" + part.subtype, "image/png");
    EXPECT_EQ(part.disposition, "attachment");
    EXPECT_EQ(part.disposition_params[0].second, "파발.png");
    EXPECT_EQ(decode_body(part, text), octets);
    EXPECT_TRUE(text.ends_with(encode_base64_body(octets))) << "lines as if encoded at once";
  }
}

TEST(AttachedFile, InMemoryOrNotIsTheSame) {
  const Attachment attachment{"a.bin", "", std::string(100'000, 'x')};
  const AttachedFile file(attachment, "b");
  std::string out = render(file.part());
  file.write([&](std::string_view piece) { out += piece; });
  EXPECT_EQ(out, written("a.bin", "", attachment.content));
}

TEST(AttachedFile, LongNamesAreFoldedByRfc2231) {
  std::string name;
  for (int i = 0; i < 30; ++i) name += "파발 ";
  const std::string text = written(name + ".txt", "", "x");
  EXPECT_EQ(scan_parts(text).disposition_params.at(0).second, name + ".txt");
  for (std::size_t at = 0, end = 0; at < text.size(); at = end + 2) {
    end = text.find("\r\n", at);
    EXPECT_LE(end - at, 78U);
    EXPECT_FALSE(end == at && text.substr(end).find(": ") != std::string::npos) << text;
  }
}

TEST(AttachedFile, WhatIsNoTypeIsOctets) {
  for (const char* type : {"garbage", "/", "a/", ";", "\r\nX-Evil: yes"}) {
    const Part part = scan_parts(written("x", type, "x"));
    EXPECT_EQ(part.type + "/" + part.subtype, "application/octet-stream") << type;
  }
}

TEST(AttachedFile, AMessageGoesAsItIsWithLineEndsOfMail) {
  const std::string lines = "Subject: s\n\nx\r\ny\rz";
  for (std::size_t size = 1; size < 8; ++size) {
    const std::string text = written("m.eml", "", lines, size);
    const Part part = scan_parts(text);
    EXPECT_EQ(part.children.size(), 1U);
    EXPECT_EQ(part.encoding, "7bit");
    EXPECT_TRUE(text.ends_with("\r\n\r\nSubject: s\r\n\r\nx\r\ny\r\nz\r\n"));
  }
  EXPECT_EQ(scan_parts(written("m.eml", "", "Subject: s\n\n\xe9\n")).encoding, "8bit");
  std::string longer;
  while (longer.size() < 3000) longer += "Subject: s\n";
  EXPECT_EQ(scan_parts(written("m.eml", "", longer)).type, "message") << "its lines are short";
}

TEST(AttachedFile, AMessageThatCannotGoAsItIsIsAFile) {
  for (const std::string& odd : {std::string(2000, 'x'), std::string("A: b\r\n\r\n\0", 9)}) {
    const Part part = scan_parts(written("m.eml", "", odd));
    EXPECT_EQ(part.type + "/" + part.subtype, "application/octet-stream");
    EXPECT_EQ(part.encoding, "base64");
  }
}

TEST(AttachedFile, TellsOfTheBoundaryWhereverItIsCut) {
  const std::string with = "Subject: s\r\n\r\n--=_boundary--\r\n";
  for (std::size_t size = 1; size < with.size(); ++size) {
    const Attachment attachment{"m.eml", "", "", [&with, size] {
                                  return [&with, size, at = std::size_t{0}]() mutable {
                                    std::string piece =
                                        with.substr(std::min(at, with.size()), size);
                                    at += piece.size();
                                    return piece;
                                  };
                                }};
    EXPECT_TRUE(AttachedFile(attachment, "=_boundary").has_boundary()) << size;
    EXPECT_FALSE(AttachedFile(attachment, "=_other").has_boundary());
  }
}

}  // namespace
}  // namespace mail
