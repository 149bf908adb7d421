#include "mail/smtp_content.hpp"

#include <gtest/gtest.h>

namespace mail::smtp {
namespace {

std::string all(std::string_view content, ContentPieces::Form form, std::string_view head = "") {
  std::string out;
  for (ContentPieces pieces(head, content, form); !pieces.piece().empty(); pieces.next()) {
    out += pieces.piece();
  }
  return out;
}

TEST(SmtpContent, StuffsForData) {
  EXPECT_EQ(all("", ContentPieces::Form::kData), ".\r\n");
  EXPECT_EQ(all("a\r\n.b", ContentPieces::Form::kData), "a\r\n..b\r\n.\r\n");
}

TEST(SmtpContent, CutsAnywhereWithoutATrace) {
  std::string content;
  while (content.size() < 200000) content += ".\r\n..x\r\ntext\r\n";
  for (std::size_t shift = 0; shift < 4; ++shift) {
    const std::string text = std::string(shift, 'y') + content;
    EXPECT_EQ(all(text, ContentPieces::Form::kData), dot_stuff(text));
  }
}

TEST(SmtpContent, AChunkIsTheContentItself) {
  const std::string content = ".a\r\nb";
  ContentPieces pieces("", content, ContentPieces::Form::kBdat);
  EXPECT_EQ(pieces.piece(), "BDAT 5 LAST\r\n");
  pieces.next();
  EXPECT_EQ(pieces.piece().data(), content.data());
  EXPECT_EQ(all("", ContentPieces::Form::kBdat), "BDAT 0 LAST\r\n");
}

TEST(SmtpContent, TheHeadGoesFirst) {
  EXPECT_EQ(all("a\r\n", ContentPieces::Form::kData, ".h\r\n"), "..h\r\na\r\n.\r\n");
  EXPECT_EQ(all("", ContentPieces::Form::kData, "h\r\n"), "h\r\n.\r\n");
  EXPECT_EQ(all("a\r\n", ContentPieces::Form::kBdat, "h\r\n"), "BDAT 6 LAST\r\nh\r\na\r\n");
}

TEST(SmtpContent, LargeChunksGoInPieces) {
  const std::string content(200000, 'x');
  std::string out;
  for (ContentPieces pieces("", content, ContentPieces::Form::kBdat); !pieces.piece().empty();
       pieces.next()) {
    EXPECT_LE(pieces.piece().size(), 65536u);
    out += pieces.piece();
  }
  EXPECT_EQ(out, "BDAT 200000 LAST\r\n" + content);
}

TEST(SmtpContent, IsTheSameReadPieceByPiece) {
  std::string content;
  while (content.size() < 200000) content += ".\r\n..x\r\ntext\r\n";
  for (const std::string& text : {content, std::string(), std::string("a"), std::string(".")}) {
    for (const auto form : {ContentPieces::Form::kData, ContentPieces::Form::kBdat}) {
      std::string out;
      const PieceSource source = source_of(text);
      for (ContentPieces pieces("h\r\n", source, form); !pieces.piece().empty(); pieces.next()) {
        EXPECT_LE(pieces.piece().size(), 100'000u);
        out += pieces.piece();
      }
      EXPECT_EQ(out, all(text, form, "h\r\n"));
    }
  }
}

}  // namespace
}  // namespace mail::smtp
