#include "mailstore/view_cache.hpp"

#include <gtest/gtest.h>

#include "account_fixture.hpp"
#include "mailstore/flags.hpp"

namespace mailstore {
namespace {

ViewCache::View view_of(Uid messages, ModSeq mod_seq = 5) {
  ViewCache::View view{1, mod_seq, {}};
  for (Uid uid = 1; uid <= messages; ++uid) view.messages.push_back({uid, 1, 0});
  return view;
}

TEST(ViewCache, ForgetsWhatIsLongestUnused) {
  ViewCache cache(100);
  cache.keep(1, 1, view_of(40));
  cache.keep(1, 2, view_of(40));
  EXPECT_TRUE(cache.find(1, 1));
  cache.keep(2, 1, view_of(40));
  EXPECT_TRUE(cache.find(1, 1));
  EXPECT_FALSE(cache.find(1, 2));
  cache.keep(3, 1, view_of(400));
  EXPECT_FALSE(cache.find(1, 1));
  EXPECT_EQ(cache.find(3, 1)->messages.size(), 400u);
}

TEST(ViewCache, KeepsTheLaterOfTwo) {
  ViewCache cache;
  cache.keep(1, 1, view_of(10, 7));
  cache.keep(1, 1, view_of(9, 6));
  EXPECT_EQ(cache.find(1, 1)->mod_seq, 7u);
  cache.keep(1, 1, view_of(11, 8));
  EXPECT_EQ(cache.find(1, 1)->messages.size(), 11u);
}

class KeptViewTest : public AccountTest {
 protected:
  std::vector<MessageState> read_anew() {
    account().share_views(std::make_shared<ViewCache>());
    const auto messages = view(inbox()).messages;
    return {messages.begin(), messages.end()};
  }
};

TEST_F(KeptViewTest, IsWhatReadingAnewGives) {
  add_many(inbox(), 1500);
  auto kept = std::make_shared<ViewCache>();
  account().share_views(kept);
  view(inbox());
  for (Uid round = 1; round <= 3; ++round) {
    store_flags(account(), inbox(), {{round * 100, round * 400}}, FlagChange::kAdd,
                {mail::kDeleted, {}})
        .value();
    expunge(account(), inbox(), {{round * 100, round * 250}}).value();
    add_many(inbox(), 3);
    const auto messages = view(inbox()).messages;
    const std::vector<MessageState> brought_up{messages.begin(), messages.end()};
    EXPECT_EQ(brought_up, read_anew());
    account().share_views(kept);
  }
}

TEST_F(KeptViewTest, SharesItsMessagesWithThoseWhoLook) {
  add_many(inbox(), 1500);
  const auto one = view(inbox()), other = view(inbox());
  EXPECT_EQ(&one.messages[700], &other.messages[700]);
  store_flags(account(), inbox(), {{701, 701}}, FlagChange::kAdd, {mail::kSeen, {}}).value();
  const auto changes =
      changes_since(account(), inbox(), one.highest_mod_seq, RecentClaim::kLeave).value();
  const auto third = view(inbox());
  EXPECT_EQ(&changes.all[700], &third.messages[700]);
  EXPECT_EQ(changes.all[700].flags, +mail::kSeen);
  EXPECT_EQ(one.messages[700].flags, 0u);
}

}  // namespace
}  // namespace mailstore
