#include "mailstore/message_rows.hpp"

#include "account_fixture.hpp"

namespace mailstore {
namespace {

using Ranges = std::vector<mail::NumberRange>;

TEST(MergeRanges, PutsThemInOrder) {
  EXPECT_EQ(merge_ranges({}), Ranges{});
  EXPECT_EQ(merge_ranges({{5, 7}, {1, 2}}), (Ranges{{1, 2}, {5, 7}}));
  EXPECT_EQ(merge_ranges({{7, 5}, {6, 9}, {8, 8}}), (Ranges{{5, 9}}));
  EXPECT_EQ(merge_ranges({{1, UINT32_MAX}, {3, 4}}), (Ranges{{1, UINT32_MAX}}));
}

TEST_F(AccountTest, UidsThatAreUsedUpAreRefused) {
  account().database().run("UPDATE mailbox SET uid_next = ? WHERE name = 'INBOX'", UINT32_MAX - 1);
  EXPECT_EQ(add(inbox(), "the last"), UINT32_MAX - 1);
  EXPECT_THROW(add(inbox(), "one too many"), StoreError);
  EXPECT_EQ(uids(inbox()).size(), 1u);
}

}  // namespace
}  // namespace mailstore
