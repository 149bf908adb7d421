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

TEST(RenderSearch, SaysNothingWhenOnlySaving) {
  mail::SearchReturn wants;
  wants.save = true;
  EXPECT_EQ(render_esearch("a1", wants, {{1}, Numbering::kUid, std::nullopt}), "");
}

}  // namespace
}  // namespace imapd
