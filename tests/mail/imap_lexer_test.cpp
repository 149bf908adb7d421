#include "mail/imap_lexer.hpp"

#include <gtest/gtest.h>

namespace {

using mail::ImapLexer;

TEST(ImapLexer, ReadsAtomsAndWords) {
  ImapLexer lexer("foo bar)");
  EXPECT_EQ(lexer.atom(), "foo");
  lexer.space();
  EXPECT_EQ(lexer.word(), "BAR");
  EXPECT_TRUE(lexer.accept(')'));
  EXPECT_TRUE(lexer.at_end());
  EXPECT_TRUE(lexer.ok());
}

TEST(ImapLexer, ReadsEveryFormOfString) {
  EXPECT_EQ(ImapLexer("a]b").astring(), "a]b");
  EXPECT_EQ(ImapLexer("\"a \\\"b\\\\\"").astring(), "a \"b\\");
  EXPECT_EQ(ImapLexer("\"\"").string(), "");
  EXPECT_EQ(ImapLexer("\"파발\"").string(), "파발");
  EXPECT_EQ(ImapLexer("{4}\r\na\r\nb").string(), "a\r\nb");
  EXPECT_EQ(ImapLexer("{0+}\r\n").string(), "");
  EXPECT_EQ(ImapLexer(std::string_view("~{2}\r\na\0", 8)).string8(), std::string("a\0", 2));
}

TEST(ImapLexer, RefusesBrokenStrings) {
  for (std::string_view text : {"\"a", "\"a\\b\"", "\"a\r\n\"", "\"\xff\"", "{3}\r\nab", "{a}\r\n",
                                "{99999999999999999999}\r\n", "", "(", "\"\\"}) {
    ImapLexer lexer(text);
    lexer.string();
    EXPECT_FALSE(lexer.ok()) << text;
  }
  ImapLexer with_nul(std::string_view("{1}\r\n\0", 6));
  with_nul.string();
  EXPECT_FALSE(with_nul.ok());
}

TEST(ImapLexer, TellsNilFromAString) {
  EXPECT_EQ(ImapLexer("nil").nstring(), std::nullopt);
  EXPECT_EQ(ImapLexer("\"NIL\"").nstring(), "NIL");
}

TEST(ImapLexer, BoundsNumbers) {
  EXPECT_EQ(ImapLexer("4294967295").number(), 4294967295u);
  EXPECT_EQ(ImapLexer("18446744073709551615").number64(), UINT64_MAX);
  for (std::string_view text : {"4294967296", "x", "", "-1", "99999999999999999999"}) {
    ImapLexer lexer(text);
    lexer.number();
    EXPECT_FALSE(lexer.ok()) << text;
  }
  ImapLexer zero("0");
  zero.nz_number();
  EXPECT_FALSE(zero.ok());
}

TEST(ImapLexer, ReadsSets) {
  EXPECT_EQ(ImapLexer("1:3,*").message_set().set.to_string(), "1:3,*");
  EXPECT_TRUE(ImapLexer("$").message_set().saved);
  ImapLexer broken("1:,2");
  broken.message_set();
  EXPECT_FALSE(broken.ok());
}

TEST(ImapLexer, KeepsTheFirstErrorAndItsPlace) {
  ImapLexer lexer("foo  bar");
  lexer.atom();
  lexer.space();
  lexer.number();
  auto first = lexer.error();
  EXPECT_EQ(first, "expected a number at octet 5 of the arguments");
  lexer.astring();
  EXPECT_EQ(lexer.error(), first);
  EXPECT_FALSE(lexer.finish(1).has_value());
}

TEST(ImapLexer, WantsAllOfTheText) {
  ImapLexer lexer("foo bar");
  lexer.atom();
  auto result = lexer.finish(1);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().reason, "expected the end of the command at octet 4 of the arguments");
}

}  // namespace
