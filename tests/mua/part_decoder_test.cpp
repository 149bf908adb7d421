#include "mua/part_decoder.hpp"

#include <gtest/gtest.h>

#include "mail/transfer_encoding.hpp"

namespace mua {
namespace {

std::string decoded(const std::string& text, const std::string& encoding, std::size_t piece) {
  PartDecoder decoder(encoding);
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += piece)
    out += decoder.feed(text.substr(at, piece));
  return out + decoder.end();
}

TEST(PartDecoder, AnyPiecesGiveTheSame) {
  std::string octets;
  for (int i = 0; i < 2000; ++i) octets += static_cast<char>(i * 7);
  const std::string base64 = mail::encode_base64_body(octets);
  const std::string quoted = mail::encode_quoted_printable("caf\xC3\xA9 = x\r\n\r\nend  \r\n");
  for (const std::size_t piece : {1u, 2u, 3u, 76u, 77u, 4096u}) {
    EXPECT_EQ(decoded(base64, "base64", piece), octets);
    EXPECT_EQ(decoded(quoted, "quoted-printable", piece), "caf\xC3\xA9 = x\r\n\r\nend  \r\n");
    EXPECT_EQ(decoded(octets, "8bit", piece), octets);
  }
  EXPECT_EQ(decoded("", "base64", 1), "");
}

}  // namespace
}  // namespace mua
