#include "mail/body_type.hpp"

#include <gtest/gtest.h>

#include <string>

namespace mail {
namespace {

TEST(BodyType, ByItsOctets) {
  EXPECT_EQ(body_type(""), BodyType::k7Bit);
  EXPECT_EQ(body_type("a\r\nb"), BodyType::k7Bit);
  EXPECT_EQ(body_type("a\xc3\xa9\r\n"), BodyType::k8BitMime);
  EXPECT_EQ(body_type("\x80\r\na\r\n"), BodyType::k8BitMime);
  for (std::string_view text :
       {std::string_view("a\0b", 3), std::string_view("\n"), std::string_view("a\rb"),
        std::string_view("a\r"), std::string_view("a\r\r\n"), std::string_view("\x80\r\na\n")}) {
    EXPECT_EQ(body_type(text), BodyType::kBinaryMime);
  }
}

TEST(BodyType, ByItsLines) {
  EXPECT_EQ(body_type(std::string(998, 'x') + "\r\n"), BodyType::k7Bit);
  EXPECT_EQ(body_type(std::string(998, 'x')), BodyType::k7Bit);
  EXPECT_EQ(body_type(std::string(999, 'x') + "\r\n"), BodyType::kBinaryMime);
  EXPECT_EQ(body_type("\r\n" + std::string(999, 'x')), BodyType::kBinaryMime);
}

}  // namespace
}  // namespace mail
