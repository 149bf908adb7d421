#include "mail/partial_range.hpp"

#include <gtest/gtest.h>

namespace {

std::string range(std::string_view text) {
  mail::ImapLexer lexer(text);
  auto read = lexer.finish(mail::parse_partial_range(lexer));
  return read ? read->to_string() : "error";
}

// RFC 9394 §4: "A range 500:400 is the same as 400:500", no "*", both signs alike.
TEST(PartialRange, IsReadAsTheGrammarSays) {
  EXPECT_EQ(range("1:500"), "1:500");
  EXPECT_EQ(range("500:400"), "400:500");
  EXPECT_EQ(range("-1:-100"), "-1:-100");
  EXPECT_EQ(range("-100:-1"), "-1:-100");
  for (const char* wrong : {"1", "1:*", "*:1", "0:1", "-1:1", "1:-1", "-0:-1", "4294967296:1"}) {
    EXPECT_EQ(range(wrong), "error") << wrong;
  }
}

TEST(PartialRange, CutsWhatIsThere) {
  auto among = [](mail::PartialRange page, std::size_t count) {
    auto span = page.among(count);
    return std::pair(span.begin, span.end);
  };
  using Span = std::pair<std::size_t, std::size_t>;
  EXPECT_EQ(among({1, 3}, 10), Span(0, 3));
  EXPECT_EQ(among({9, 20}, 10), Span(8, 10));
  EXPECT_EQ(among({11, 20}, 10), Span(10, 10));
  EXPECT_EQ(among({1, 3, true}, 10), Span(7, 10));
  EXPECT_EQ(among({9, 20, true}, 10), Span(0, 2));
  EXPECT_EQ(among({11, 20, true}, 10), Span(0, 0));
  EXPECT_EQ(among({1, 1, true}, 0), Span(0, 0));
}

}  // namespace
