#include "mail/stable_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace mail {
namespace {

std::vector<std::uint32_t> first(std::size_t count) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0u);
  return order;
}

TEST(StableOrder, OrdersByKeysAndKeepsWhatIsEqual) {
  auto order = first(5);
  order_by(order, {3, 1, 3, 0, 1});
  EXPECT_EQ(order, (std::vector<std::uint32_t>{3, 1, 4, 0, 2}));
}

TEST(StableOrder, IsWhatComparingGives) {
  std::mt19937_64 random(5);
  for (const std::uint64_t range : {std::uint64_t{1}, std::uint64_t{50}, UINT64_MAX}) {
    std::vector<std::uint64_t> keys(20'000);
    for (auto& key : keys) key = random() % range;
    auto order = first(keys.size()), expected = order;
    order_by(order, keys);
    std::stable_sort(expected.begin(), expected.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; });
    EXPECT_EQ(order, expected) << range;
  }
}

TEST(StableOrder, NumbersBelowZeroComeFirst) {
  EXPECT_LT(sort_key(-5), sort_key(0));
  EXPECT_LT(sort_key(INT64_MIN), sort_key(-5));
  EXPECT_LT(sort_key(0), sort_key(INT64_MAX));
}

TEST(StableOrder, OfNothingIsNothing) {
  std::vector<std::uint32_t> none;
  order_by(none, {});
  EXPECT_TRUE(none.empty());
}

}  // namespace
}  // namespace mail
