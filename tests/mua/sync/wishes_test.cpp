#include "mua/sync/wishes.hpp"

#include <gtest/gtest.h>

namespace mua::sync {
namespace {

TEST(Wishes, TheLatestTextComesFirstAndOnce) {
  Wishes wishes;
  EXPECT_FALSE(wishes.urgent());
  for (MessageId id = 1; id <= 30; ++id) wishes.want_text(id);
  wishes.want_text(15);
  EXPECT_EQ(wishes.texts.size(), 20u);
  EXPECT_EQ(wishes.next_text(), 15);
  EXPECT_EQ(wishes.next_text(), 30);
  EXPECT_TRUE(wishes.urgent());
}

TEST(Wishes, PartsComeInOrderAndOnce) {
  Wishes wishes;
  wishes.want_part({1, "2"});
  wishes.want_part({1, "3"});
  wishes.want_part({1, "2"});
  EXPECT_EQ(wishes.next_part(), (PartWish{1, "2"}));
  EXPECT_EQ(wishes.next_part(), (PartWish{1, "3"}));
  EXPECT_FALSE(wishes.next_part());
  wishes.prefetch = {4};
  EXPECT_FALSE(wishes.urgent());
  EXPECT_EQ(wishes.next_prefetch(), 4);
  EXPECT_FALSE(wishes.next_prefetch());
}

}  // namespace
}  // namespace mua::sync
