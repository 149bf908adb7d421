#include "mail/binary_parts.hpp"

#include <gtest/gtest.h>

#include "mail/part_scanner.hpp"

namespace mail {
namespace {

using namespace std::literals;

TEST(BinaryParts, AWholeMessage) {
  EXPECT_EQ(encode_binary_parts("Content-Transfer-Encoding: binary\r\nSubject: s\r\n\r\n\0\1\2"sv),
            "Subject: s\r\nContent-Transfer-Encoding: base64\r\n\r\nAAEC\r\n");
}

TEST(BinaryParts, OnlyThoseThatHoldNul) {
  const auto message =
      "Content-Type: multipart/mixed; boundary=b\r\nContent-Transfer-Encoding: binary\r\n\r\n"
      "--b\r\nContent-Transfer-Encoding: binary\r\n\r\nno nul\r\n"
      "--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: binary\r\n\r\n\0\r\n\0\r\n"
      "--b\r\n\r\nlast\r\n--b--\r\n"sv;
  const std::string encoded = encode_binary_parts(message);
  EXPECT_EQ(
      encoded,
      "Content-Type: multipart/mixed; boundary=b\r\nContent-Transfer-Encoding: binary\r\n\r\n"
      "--b\r\nContent-Transfer-Encoding: binary\r\n\r\nno nul\r\n"
      "--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAA0KAA==\r\n\r\n"
      "--b\r\n\r\nlast\r\n--b--\r\n");
  const Part root = scan_parts(encoded);
  EXPECT_EQ(decode_body(root.children.at(1), encoded), "\0\r\n\0"sv);
}

TEST(BinaryParts, LongOnesInLines) {
  const std::string octets(1000, '\0');
  const std::string encoded =
      encode_binary_parts("Content-Transfer-Encoding: binary\r\n\r\n" + octets);
  const Part root = scan_parts(encoded);
  EXPECT_EQ(decode_body(root, encoded), octets);
  EXPECT_EQ(encoded.find('\n', encoded.find("\r\n\r\n") + 4) - encoded.find("\r\n\r\n") - 4, 77U);
}

TEST(BinaryParts, OthersAreLeftAlone) {
  for (const auto message : {"Subject: s\r\n\r\ntext\r\n"sv, "\0"sv, ""sv,
                             "Content-Transfer-Encoding: 8bit\r\n\r\n\0"sv}) {
    EXPECT_EQ(encode_binary_parts(message), message);
  }
}

}  // namespace
}  // namespace mail
