#include "mail/search_return.hpp"

#include <gtest/gtest.h>

namespace {

mail::ImapResult<mail::SearchReturn> parsed(std::string_view text) {
  mail::ImapLexer lexer(text);
  auto wants = mail::parse_search_return(lexer);
  return lexer.finish(wants);
}

TEST(SearchReturn, IsOptional) {
  EXPECT_FALSE(parsed("")->given);
  EXPECT_TRUE(parsed("RETURN () ")->given);
}

TEST(SearchReturn, AsksForAllWhenItIsEmpty) {
  EXPECT_TRUE(parsed("return () ")->all);
  EXPECT_FALSE(parsed("RETURN (SAVE) ")->all);
  EXPECT_FALSE(parsed("RETURN (UPDATE) ")->all);
}

TEST(SearchReturn, ReadsEveryOption) {
  auto wants = *parsed("RETURN (MIN max COUNT SAVE CONTEXT UPDATE RELEVANCY PARTIAL 1:500) ");
  EXPECT_TRUE(wants.min && wants.max && wants.count && wants.save);
  EXPECT_TRUE(wants.update && wants.relevancy && wants.partial);
  EXPECT_FALSE(wants.all);
}

TEST(SearchReturn, AllowsOnePageOrAll) {
  EXPECT_FALSE(parsed("RETURN (ALL PARTIAL 1:2) "));
  EXPECT_FALSE(parsed("RETURN (PARTIAL 1:2 PARTIAL 3:4) "));
  EXPECT_FALSE(parsed("RETURN (PARTIAL) "));
  EXPECT_FALSE(parsed("RETURN (NONSENSE) "));
  EXPECT_FALSE(parsed("RETURN (MIN"));
}

// RFC 5465 §7
TEST(SearchReturn, AsksForItemsOfNewMessages) {
  auto wants = *parsed("RETURN (UPDATE (UID BODY.PEEK[HEADER.FIELDS (TO)]) COUNT) ");
  EXPECT_TRUE(wants.update && wants.count);
  EXPECT_EQ(wants.fetch.size(), 2u);
  EXPECT_TRUE(parsed("RETURN (UPDATE COUNT) ")->fetch.empty());
  EXPECT_FALSE(parsed("RETURN (UPDATE ()) "));
  EXPECT_FALSE(parsed("RETURN (UPDATE (UID COUNT)) "));
}

}  // namespace
