#include "mail/fuzzy_key.hpp"

#include <gtest/gtest.h>

#include "mail/imap_search.hpp"

namespace {

using Kind = mail::SearchKey::Kind;
using mail::Looseness;

/// "(body:one text:two)" of the criteria resolved.
std::string shape(const mail::SearchKey& key) {
  std::string children;
  for (const auto& child : key.children) children += (children.empty() ? "" : " ") + shape(child);
  switch (key.kind) {
    case Kind::kAnd: return "(" + children + ")";
    case Kind::kOr: return "or(" + children + ")";
    case Kind::kNot: return "not(" + children + ")";
    case Kind::kHeader: return key.field + ":" + key.text;
    case Kind::kBody: return "body:" + key.text;
    case Kind::kFlag: return "flag";
    default: return "?";
  }
}

std::string resolved(const std::string& criteria, Looseness looseness) {
  auto search = mail::parse_search(criteria, {});
  if (!search) return search.error().reason;
  mail::decode_charset(search->key, "UTF-8", looseness);
  return shape(search->key);
}

TEST(FuzzyKey, TakesTheTextApart) {
  const std::string criteria = "FUZZY BODY \"broken pages, IMAP\"";
  EXPECT_EQ(resolved(criteria, Looseness::kExact), "body:broken pages, IMAP");
  EXPECT_EQ(resolved(criteria, Looseness::kWords), "(body:broken body:pages body:IMAP)");
  EXPECT_EQ(resolved(criteria, Looseness::kStems), "(body:brok body:page body:IMAP)");
}

TEST(FuzzyKey, CountsCharactersNotOctets) {
  EXPECT_EQ(resolved("FUZZY SUBJECT {15}\r\n안녕하세요", Looseness::kStems), "(subject:안녕하세)");
  EXPECT_EQ(resolved("FUZZY SUBJECT {6}\r\n東京", Looseness::kStems), "(subject:東京)");
}

// RFC 6203 §3: one key only; what stands beside it is exact.
TEST(FuzzyKey, ReachesAsFarAsItsArgument) {
  EXPECT_EQ(resolved("FUZZY SUBJECT working FROM working", Looseness::kStems),
            "((subject:worki) from:working)");
  EXPECT_EQ(resolved("FUZZY (SUBJECT working SEEN)", Looseness::kStems), "((subject:worki) flag)");
  EXPECT_EQ(resolved("FUZZY OR BODY \"a b\" SEEN", Looseness::kWords), "or((body:a body:b) flag)");
}

TEST(FuzzyKey, IsExactWhereLooserWouldBeLess) {
  EXPECT_EQ(resolved("FUZZY NOT BODY working", Looseness::kStems), "not(body:working)");
  EXPECT_EQ(resolved("NOT FUZZY BODY working", Looseness::kStems), "not((body:worki))");
  EXPECT_EQ(resolved("FUZZY BODY \"!?\"", Looseness::kStems), "body:!?");
  EXPECT_EQ(resolved("FUZZY FUZZY BODY working", Looseness::kStems), "(body:worki)");
}

TEST(FuzzyKey, ScoresCloserMatchesHigher) {
  EXPECT_EQ(mail::relevancy(Looseness::kExact), 100);
  EXPECT_GT(mail::relevancy(Looseness::kWords), mail::relevancy(Looseness::kStems));
  EXPECT_GT(mail::relevancy(Looseness::kStems), 0);
}

}  // namespace
