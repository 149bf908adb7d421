#include "mailstore/search_facts.hpp"

#include <gtest/gtest.h>

#include "tests/mailstore/search_fixture.hpp"

namespace mailstore {
namespace {

struct SearchFactsTest : SearchTest {};

TEST_F(SearchFactsTest, AreInTheOrderOfTheViewAndTellWhatIsGone) {
  add("Date: Thu, 01 Jan 1970 00:01:00 +0000\r\n\r\nx", {}, 5, 30);
  add("b\r\n");
  add("Date: Thu, 01 Jan 1970 00:02:00 +0000\r\n\r\n", {}, 7, 0);
  const MailboxView seen = view();
  remove("2");
  add("later\r\n");
  const auto facts = read_facts(account, inbox, seen, ViewRange::all(seen));
  ASSERT_EQ(facts.size(), 3u);
  EXPECT_TRUE(facts[0].there);
  EXPECT_EQ(facts[0].size, 42);
  EXPECT_EQ(facts[0].header_size, 41);
  EXPECT_EQ(facts[0].internal_date, 5);
  EXPECT_EQ(facts[0].zone_minutes, 30);
  EXPECT_FALSE(facts[1].there);
  EXPECT_TRUE(facts[2].there);
  EXPECT_NE(facts[2].content, facts[0].content);
  EXPECT_EQ(read_sent_dates(account, inbox, seen, ViewRange::all(seen)),
            (std::vector<std::int64_t>{60, 0, 120}));
}

}  // namespace
}  // namespace mailstore
