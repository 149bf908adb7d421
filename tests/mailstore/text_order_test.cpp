#include "mailstore/text_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace mailstore {
namespace {

using namespace std::string_view_literals;
using Ranks = std::vector<std::uint32_t>;

TEST(TextOrder, EqualTextsHaveOneRank) {
  const auto order = order_texts({"b", "a", "b", "", "c"});
  EXPECT_EQ(order.ranks, (Ranks{2, 1, 2, 0, 3}));
  EXPECT_EQ(order.first.size(), 4u);
}

TEST(TextOrder, NulsAreOctetsAsOthers) {
  EXPECT_EQ(
      order_texts({"a\0"sv, "a"sv, "a\0\0\0\0\0\0\0\0b"sv, "a\0\0\0\0\0\0\0\0"sv, "a\0\0"sv}).ranks,
      (Ranks{1, 0, 4, 3, 2}));
}

TEST(TextOrder, OctetsAboveAsciiComeLast) {
  EXPECT_EQ(order_texts({"\xff", "a", "\x80"}).ranks, (Ranks{2, 0, 1}));
}

TEST(TextOrder, IsWhatComparingGives) {
  std::mt19937 random(3);
  std::vector<std::string> texts(3000);
  for (auto& text : texts) {
    text = random() % 2 == 0 ? "the same beginning of many " : "";
    for (auto more = random() % 30; more > 0; --more) text += "ab\xc3\0"[random() % 4];
  }
  std::vector<std::string_view> views(texts.begin(), texts.end());
  const auto order = order_texts(views);
  auto sorted = views;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  ASSERT_EQ(order.first.size(), sorted.size());
  for (std::size_t i = 0; i < views.size(); ++i) EXPECT_EQ(sorted[order.ranks[i]], views[i]);
  for (std::size_t rank = 0; rank < sorted.size(); ++rank)
    EXPECT_EQ(views[order.first[rank]], sorted[rank]);
}

TEST(TextOrder, OfNothingIsNothing) { EXPECT_TRUE(order_texts({}).ranks.empty()); }

}  // namespace
}  // namespace mailstore
