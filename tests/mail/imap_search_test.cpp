#include "mail/imap_search.hpp"

#include <gtest/gtest.h>

#include "mail/flags.hpp"

namespace {

using Kind = mail::SearchKey::Kind;

mail::SearchArguments parsed(std::string_view arguments) {
  auto search = mail::parse_search(arguments, mail::SequenceSet({{3, 5}}));
  if (!search) throw std::runtime_error(search.error().reason);
  return *search;
}

TEST(ImapSearch, ReadsSimpleKeys) {
  EXPECT_EQ(parsed("ALL").key.kind, Kind::kAll);
  EXPECT_EQ(parsed("seen").key.system, mail::kSeen);
  EXPECT_EQ(parsed("SUBJECT \"a b\"").key.field, "subject");
  EXPECT_EQ(parsed("SUBJECT {3}\r\na b").key.text, "a b");
  EXPECT_EQ(parsed("LARGER 100").key.number, 100u);
  EXPECT_EQ(parsed("SINCE 2-Jan-1970").key.day, 1);
  EXPECT_EQ(parsed("SINCE \"2-Jan-1970\"").key.day, 1);
  EXPECT_EQ(parsed("YOUNGER 60").key.kind, Kind::kYounger);
  EXPECT_EQ(parsed("1:3,7").key.kind, Kind::kSequence);
  EXPECT_EQ(parsed("UID 1:3").key.kind, Kind::kUid);
  EXPECT_EQ(parsed("KEYWORD $label1").key.text, "$label1");
  EXPECT_EQ(parsed("HEADER X-Foo \"\"").key.field, "x-foo");
}

TEST(ImapSearch, ReadsObjectIdsAndSaveDates) {
  EXPECT_EQ(parsed("SAVEDON 2-Jan-1970").key.kind, Kind::kSavedOn);
  EXPECT_EQ(parsed("SAVEDBEFORE 2-Jan-1970").key.day, 1);
  EXPECT_EQ(parsed("SAVEDATESUPPORTED").key.kind, Kind::kAll);
  EXPECT_EQ(parsed("EMAILID M6d99ac3275bb4e").key.text, "M6d99ac3275bb4e");
  EXPECT_EQ(parsed("THREADID T64b478a75b7ea9").key.kind, Kind::kThreadId);
  EXPECT_FALSE(mail::parse_search("EMAILID \"M1\"", {}));
  EXPECT_FALSE(mail::parse_search("EMAILID M+1", {}));
  EXPECT_FALSE(mail::parse_search("EMAILID " + std::string(256, 'M'), {}));
}

TEST(ImapSearch, BuildsTheTree) {
  auto key = parsed("UNDELETED OR (FROM a TO b) NOT NEW").key;
  ASSERT_EQ(key.kind, Kind::kAnd);
  EXPECT_EQ(key.children[0].kind, Kind::kNot);
  ASSERT_EQ(key.children[1].kind, Kind::kOr);
  EXPECT_EQ(key.children[1].children[0].kind, Kind::kAnd);
  EXPECT_EQ(key.children[1].children[1].kind, Kind::kNot);
}

TEST(ImapSearch, PutsTheSavedResultWhereADollarStands) {
  EXPECT_EQ(parsed("$").key.set.to_string(), "3:5");
  EXPECT_EQ(parsed("UID $ SEEN").key.children[0].kind, Kind::kUid);
}

TEST(ImapSearch, ReadsReturnOptions) {
  EXPECT_FALSE(parsed("ALL").wants.given);
  EXPECT_TRUE(parsed("RETURN () ALL").wants.all);
  auto wants = parsed("return (min COUNT) UNSEEN").wants;
  EXPECT_TRUE(wants.min && wants.count && !wants.all && !wants.max);
  EXPECT_FALSE(parsed("RETURN (SAVE) ALL").wants.all);
}

// RFC 9738 §3.2: never the last message of those that are lower, as "UID 7:*" would be.
TEST(ImapSearch, ReadsUidsAfterAndBefore) {
  EXPECT_EQ(parsed("UIDAFTER 6").key.set.resolve(3).front().first, 7u);
  EXPECT_FALSE(parsed("UIDAFTER 6").key.set.contains(3, 3));
  EXPECT_TRUE(parsed("UIDAFTER 6").key.set.contains(7, 9));
  EXPECT_EQ(parsed("UIDBEFORE 6").key.set.to_string(), "1:5");
  EXPECT_TRUE(parsed("UIDBEFORE 1").key.set.empty());
  EXPECT_TRUE(parsed("UIDAFTER 4294967295").key.set.empty());
  EXPECT_FALSE(mail::parse_search("UIDAFTER 0", {}));
  EXPECT_FALSE(mail::parse_search("UIDBEFORE 1:2", {}));
}

// RFC 6203 §4.
TEST(ImapSearch, WantsFuzzyWhereRelevancyIs) {
  EXPECT_TRUE(mail::parse_search("RETURN (RELEVANCY ALL) FUZZY TEXT Helo", {}));
  EXPECT_FALSE(mail::parse_search("RETURN (RELEVANCY ALL) TEXT Helo", {}));
  EXPECT_FALSE(mail::parse_search("FUZZY", {}));
}

TEST(ImapSearch, SaysWhetherSequenceNumbersStandThere) {
  EXPECT_TRUE(parsed("OR SEEN $").uses_saved);
  EXPECT_TRUE(parsed("UID $").uses_saved);
  EXPECT_FALSE(parsed("OR 1:3 UID 1:3").uses_saved);
}

TEST(ImapSearch, ConvertsCharsets) {
  auto search = parsed("CHARSET ISO-8859-1 UNDELETED SUBJECT {1}\r\n\xe9");
  ASSERT_TRUE(mail::decode_charset(search.key, search.charset));
  EXPECT_EQ(search.key.children[1].text, "é");
  EXPECT_FALSE(mail::decode_charset(search.key, "x-nobody-knows"));
}

TEST(ImapSearch, NoticesModSeq) {
  EXPECT_TRUE(parsed("MODSEQ 620162338").uses_mod_seq);
  EXPECT_EQ(parsed("MODSEQ \"/flags/\\\\draft\" all 7").key.number, 7u);
}

TEST(ImapSearch, RefusesWhatIsNotOfTheGrammar) {
  for (auto text : {"", "FOO", "NOT", "OR SEEN", "SUBJECT", "SINCE yesterday", "SINCE 31-Foo-2020",
                    "(SEEN", "SEEN ", "LARGER x", "RETURN (FOO) ALL", "CHARSET UTF-8", "1:"}) {
    EXPECT_FALSE(mail::parse_search(text, {})) << text;
  }
}

TEST(ImapSearch, BoundsDepth) {
  std::string deep;
  for (int i = 0; i < 20000; ++i) deep += "NOT ";
  EXPECT_FALSE(mail::parse_search(deep + "SEEN", {}));
  EXPECT_FALSE(mail::parse_search(std::string(20000, '('), {}));
}

TEST(ImapSearch, TakesManyKeysSideBySide) {
  std::string wide = "SEEN";
  for (int i = 0; i < 1000; ++i) wide += " SEEN";
  EXPECT_EQ(parsed(wide).key.children.size(), 1001u);
}

}  // namespace
