#include "imapd/render_search.hpp"

#include <gtest/gtest.h>

namespace imapd {
namespace {

TEST(RenderSearch, AnswersAsRev1Does) {
  EXPECT_EQ(render_search({}), "* SEARCH\r\n");
  EXPECT_EQ(render_search({{2, 84, 882}, Numbering::kSequence, 917}),
            "* SEARCH 2 84 882 (MODSEQ 917)\r\n");
}

TEST(RenderSearch, AnswersInShort) {
  mail::SearchReturn wants;
  wants.min = wants.max = wants.all = wants.count = true;
  EXPECT_EQ(render_esearch("a1", wants, {{1, 2, 3, 9}, Numbering::kUid, std::nullopt}),
            "* ESEARCH (TAG \"a1\") UID MIN 1 MAX 9 ALL 1:3,9 COUNT 4\r\n");
  EXPECT_EQ(render_esearch("a1", wants, {}), "* ESEARCH (TAG \"a1\") COUNT 0\r\n");
}

// RFC 9394 §3.1.
TEST(RenderSearch, AnswersAPage) {
  mail::SearchReturn wants;
  wants.partial = mail::PartialRange{2, 3, false};
  Found found{{4, 5, 6, 9}, Numbering::kUid};
  EXPECT_EQ(render_esearch("a1", wants, found), "* ESEARCH (TAG \"a1\") UID PARTIAL (2:3 5:6)\r\n");
  wants.partial->from_end = true;
  EXPECT_EQ(render_esearch("a1", wants, found),
            "* ESEARCH (TAG \"a1\") UID PARTIAL (-2:-3 5:6)\r\n");
  wants.partial = mail::PartialRange{5, 9, false};
  wants.count = true;
  EXPECT_EQ(render_esearch("a1", wants, found),
            "* ESEARCH (TAG \"a1\") UID PARTIAL (5:9 NIL) COUNT 4\r\n");
  EXPECT_EQ(render_esearch("a1", wants, {}),
            "* ESEARCH (TAG \"a1\") PARTIAL (5:9 NIL) COUNT 0\r\n");
}

// RFC 6203 §4.
TEST(RenderSearch, TellsScores) {
  mail::SearchReturn wants;
  wants.all = wants.relevancy = true;
  Found found{{1, 5, 10}, Numbering::kSequence, std::nullopt, {4, 99, 42}};
  EXPECT_EQ(render_esearch("B1", wants, found),
            "* ESEARCH (TAG \"B1\") ALL 1,5,10 RELEVANCY (4 99 42)\r\n");
}

// RFC 5267 §3.2: a sorted result keeps its order, and a range always ascends.
TEST(RenderSearch, KeepsTheOrderOfASort) {
  mail::SearchReturn wants;
  wants.all = wants.min = true;
  EXPECT_EQ(render_esearch("s", wants, {{23765, 23764, 23763, 23761, 23762}, Numbering::kUid}),
            "* ESEARCH (TAG \"s\") UID MIN 23765 ALL 23765,23764,23763,23761:23762\r\n");
}

TEST(RenderSearch, SaysNothingWhenOnlySaving) {
  mail::SearchReturn wants;
  wants.save = true;
  EXPECT_EQ(render_esearch("a1", wants, {{1}, Numbering::kUid, std::nullopt}), "");
}

}  // namespace
}  // namespace imapd
