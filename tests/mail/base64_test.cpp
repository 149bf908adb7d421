#include "mail/base64.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

// RFC 4648 §10.
TEST(Base64, EncodesTheExamplesOfTheRfc) {
  EXPECT_EQ(base64_encode(""), "");
  EXPECT_EQ(base64_encode("f"), "Zg==");
  EXPECT_EQ(base64_encode("fo"), "Zm8=");
  EXPECT_EQ(base64_encode("foo"), "Zm9v");
  EXPECT_EQ(base64_encode("foobar"), "Zm9vYmFy");
}

TEST(Base64, DecodesWhatItEncodes) {
  std::string octets;
  for (int i = 0; i < 256; ++i) {
    EXPECT_EQ(base64_decode(base64_encode(octets)), octets);
    octets += static_cast<char>(i);
  }
}

TEST(Base64, RefusesEverySecondSpelling) {
  for (const auto* text : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Z===", "====", "=",
                           "Zg==Zg==", "Zm 9v", "Zm9v\r\n", "Zm9-", "\xff\xff\xff\xff", "Zm=v"})
    EXPECT_EQ(base64_decode(text), std::nullopt) << text;
}

}  // namespace
}  // namespace mail
