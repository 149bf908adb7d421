#include "mailstore/search_text.hpp"

#include <gtest/gtest.h>

#include "mail/searchable.hpp"

namespace mailstore {
namespace {

using mail::SearchKey;
using Kind = SearchKey::Kind;

constexpr std::string_view kMessage =
    "Subject: =?utf-8?b?7YyM67Cc?= Express\r\n"
    "subject: a second\r\n"
    "To: b@example.test\r\n"
    "\r\n"
    "Bonjour\r\n";

bool matches(Kind kind, std::string_view text, std::string field = "") {
  SearchKey key;
  key.kind = kind;
  key.field = std::move(field);
  return text_matches(key, mail::casefold(text), kMessage);
}

TEST(SearchText, AFieldIsLookedForInEachOfItsName) {
  EXPECT_TRUE(matches(Kind::kHeader, "파발 EXPR", "subject"));
  EXPECT_TRUE(matches(Kind::kHeader, "second", "subject"));
  EXPECT_FALSE(matches(Kind::kHeader, "subject", "subject")) << "the name is not its value";
  EXPECT_FALSE(matches(Kind::kHeader, "파발", "to"));
  EXPECT_TRUE(matches(Kind::kHeader, "", "to"));
  EXPECT_FALSE(matches(Kind::kHeader, "", "cc"));
}

TEST(SearchText, SubjectsAreOneText) {
  EXPECT_EQ(searchable_subjects(kMessage), mail::casefold("파발 express") + '\0' + "a second");
  EXPECT_EQ(searchable_subjects("To: a\r\n\r\nSubject: x"), std::nullopt);
  EXPECT_EQ(searchable_subjects("Subject:\r\n\r\n"), "");
  EXPECT_EQ(searchable_subjects("Subject: =?utf-8?q?a=0Ab=00c?=\r\n\r\n"), "a b c");
}

TEST(SearchText, KnowsWhoAsksForTheSubject) {
  SearchKey key;
  key.kind = Kind::kHeader;
  key.field = "SubJect";
  EXPECT_TRUE(asks_for_subject(key));
  key.field = "from";
  EXPECT_FALSE(asks_for_subject(key));
  key = {};
  key.kind = Kind::kText;
  key.field = "subject";
  EXPECT_FALSE(asks_for_subject(key));
}

TEST(SearchText, BodyAndText) {
  EXPECT_TRUE(matches(Kind::kBody, "BONJOUR"));
  EXPECT_FALSE(matches(Kind::kBody, "express"));
  EXPECT_TRUE(matches(Kind::kText, "bonjour"));
  EXPECT_TRUE(matches(Kind::kText, "express"));
  EXPECT_TRUE(matches(Kind::kText, "to: b@"));
  EXPECT_TRUE(matches(Kind::kBody, ""));
}

TEST(SearchText, TheIndexIsGivenAllOfIt) {
  const std::string all = searchable_text(kMessage);
  for (const char* part : {"파발 express", "a second", "to: b@", "bonjour"})
    EXPECT_NE(all.find(mail::casefold(part)), std::string::npos) << part;
}

}  // namespace
}  // namespace mailstore
