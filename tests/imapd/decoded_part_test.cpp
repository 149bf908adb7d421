#include "imapd/decoded_part.hpp"

#include <gtest/gtest.h>

#include "mail/transfer_encoding.hpp"

namespace imapd {
namespace {

mailstore::HeldContent held(std::string octets) { return {std::move(octets), {}}; }

std::string slice(const DecodedPart& part, const mailstore::HeldContent& message,
                  std::uint64_t begin, std::uint64_t end) {
  std::string out;
  part.append_to(out, message, begin, end);
  return out;
}

void expect_slices(const std::string& encoded, const std::string& encoding) {
  const std::string decoded = mail::decode_transfer(encoded, encoding);
  const auto message = held("Subject: x\r\n\r\n" + encoded + "\r\n--end");
  const DecodedPart part(message, {14, 14 + encoded.size()}, encoding);
  ASSERT_EQ(part.size(), decoded.size());
  EXPECT_TRUE(slice(part, message, 0, part.size()) == decoded);
  for (std::size_t begin = 0; begin < decoded.size(); begin += 30'011) {
    const auto end = std::min(begin + 65'536, decoded.size());
    EXPECT_TRUE(slice(part, message, begin, end) == decoded.substr(begin, end - begin)) << begin;
  }
}

std::string octets(std::size_t size) {
  std::string all;
  for (std::size_t i = 0; i < size; ++i) all += static_cast<char>(i * 7 + i / 251);
  return all;
}

TEST(DecodedPart, ReadsBase64AnywhereAsIfItWereWhole) {
  expect_slices(mail::encode_base64_body(octets(300'000)), "base64");
  auto damaged = mail::encode_base64_body(octets(200'000));
  damaged.insert(70'000, "=?\r\n!!");
  expect_slices(damaged, "base64");
}

TEST(DecodedPart, ReadsQuotedPrintableAnywhereAsIfItWereWhole) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "Zeile " + std::to_string(i) + " mit ü und = \t\r\n";
  expect_slices(mail::encode_quoted_printable(text), "quoted-printable");
}

TEST(DecodedPart, ReadsLinesThatNeverEnd) {
  expect_slices(std::string(200'000, 'x'), "quoted-printable");
  expect_slices(std::string(150'000, ' '), "quoted-printable");
  std::string escapes;
  for (int i = 0; i < 60'000; ++i) escapes += "=C3";
  expect_slices(escapes, "quoted-printable");
}

TEST(DecodedPart, ReadsNothingOfNothing) {
  const auto message = held("x");
  const DecodedPart part(message, {1, 1}, "base64");
  EXPECT_EQ(part.size(), 0u);
  EXPECT_EQ(slice(part, message, 0, 0), "");
}

}  // namespace
}  // namespace imapd
