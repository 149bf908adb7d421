#include "mail/piece_source.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

/// In pieces of that size.
PieceSource cut(std::string octets, std::size_t size) {
  const std::uint64_t all = octets.size();
  return {[octets = std::move(octets), size] {
            return [octets, size, at = std::size_t{0}]() mutable {
              std::string piece = octets.substr(std::min(at, octets.size()), size);
              at += piece.size();
              return piece;
            };
          },
          all};
}

TEST(PieceSource, IsReadAsOftenAsItIsWanted) {
  const std::string octets(200'000, 'x');
  const PieceSource source = source_of(octets);
  EXPECT_EQ(source.size, octets.size());
  EXPECT_EQ(read_whole(source), octets);
  EXPECT_EQ(read_whole(source), octets);
  const PieceReader one = source.open();
  EXPECT_LT(one().size(), octets.size());
  EXPECT_EQ(read_whole(source_of("")), "");
  EXPECT_FALSE(PieceSource{});
}

TEST(PieceSource, JoinsWithWhateverIsSkipped) {
  for (std::size_t size = 1; size < 8; ++size) {
    const PieceSource joint = joined("head", cut("0123456", size), 3);
    EXPECT_EQ(joint.size, 8u);
    EXPECT_EQ(read_whole(joint), "head3456");
    EXPECT_EQ(read_whole(joined("", cut("0123456", size), 7)), "");
  }
}

TEST(PieceSource, TheHeaderAndNothingElse) {
  const std::string message = "A: b\r\n c\r\n\r\ntext\r\n\r\nmore";
  for (std::size_t size = 1; size < message.size(); ++size) {
    EXPECT_EQ(read_header(cut(message, size)), "A: b\r\n c\r\n\r\n") << size;
  }
  EXPECT_EQ(read_header(source_of("A: b\r\n")), "A: b\r\n");
}

}  // namespace
}  // namespace mail
