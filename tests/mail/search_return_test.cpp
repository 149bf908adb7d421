#include "mail/search_return.hpp"

#include <gtest/gtest.h>

namespace {

mail::ImapResult<mail::SearchReturn> return_of(std::string_view text) {
  mail::ImapLexer lexer(text);
  auto wants = mail::parse_search_return(lexer);
  return lexer.finish(wants);
}

TEST(SearchReturn, IsOptional) {
  EXPECT_FALSE(return_of("")->given);
  EXPECT_TRUE(return_of("RETURN () ")->given);
}

TEST(SearchReturn, AsksForAllWhenItIsEmpty) {
  EXPECT_TRUE(return_of("return () ")->all);
  EXPECT_FALSE(return_of("RETURN (SAVE) ")->all);
  EXPECT_FALSE(return_of("RETURN (UPDATE) ")->all);
}

TEST(SearchReturn, ReadsEveryOption) {
  auto wants = *return_of("RETURN (MIN max COUNT SAVE CONTEXT UPDATE RELEVANCY PARTIAL 1:500) ");
  EXPECT_TRUE(wants.min && wants.max && wants.count && wants.save);
  EXPECT_TRUE(wants.update && wants.relevancy && wants.partial);
  EXPECT_FALSE(wants.all);
}

TEST(SearchReturn, AllowsOnePageOrAll) {
  EXPECT_FALSE(return_of("RETURN (ALL PARTIAL 1:2) "));
  EXPECT_FALSE(return_of("RETURN (PARTIAL 1:2 PARTIAL 3:4) "));
  EXPECT_FALSE(return_of("RETURN (PARTIAL) "));
  EXPECT_FALSE(return_of("RETURN (NONSENSE) "));
  EXPECT_FALSE(return_of("RETURN (MIN"));
}

// RFC 5465 §7
TEST(SearchReturn, AsksForItemsOfNewMessages) {
  auto wants = *return_of("RETURN (UPDATE (UID BODY.PEEK[HEADER.FIELDS (TO)]) COUNT) ");
  EXPECT_TRUE(wants.update && wants.count);
  EXPECT_EQ(wants.fetch.size(), 2u);
  EXPECT_TRUE(return_of("RETURN (UPDATE COUNT) ")->fetch.empty());
  EXPECT_FALSE(return_of("RETURN (UPDATE ()) "));
  EXPECT_FALSE(return_of("RETURN (UPDATE (UID COUNT)) "));
}

}  // namespace
