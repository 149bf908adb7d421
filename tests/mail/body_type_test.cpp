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

TEST(BodyType, IsTheSameWhereverPiecesAreCut) {
  const auto cut = [](const std::string& text, std::size_t size) -> PieceSource {
    return {[text, size]() -> PieceReader {
              return [text, size, at = std::size_t{0}]() mutable {
                std::string piece = text.substr(std::min(at, text.size()), size);
                at += piece.size();
                return piece;
              };
            },
            text.size()};
  };
  const std::string line(998, 'x');
  for (const std::string& text :
       {std::string(), std::string("a\r\nb\r\n"), std::string("a\r\n\xc3\xa9\r\nb"),
        std::string("a\rb\r\n"), std::string("a\nb"), line + "\r\n" + line, line + "x\r\n",
        std::string("a\0b\r\n", 5), std::string("a\r")}) {
    for (const std::size_t size : {1, 2, 3, 7, 999, 1000, 5000}) {
      EXPECT_EQ(body_type(cut(text, size)), body_type(text)) << text << size;
    }
  }
}

}  // namespace
}  // namespace mail
