#include "smtpd/latest.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <thread>
#include <vector>

namespace smtpd {
namespace {

struct Pair {
  int one = 0, other = 0;
};

TEST(Latest, IsWhatWasStoredLast) {
  Latest<Pair> latest(std::make_shared<const Pair>(Pair{1, 1}));
  const auto first = latest.load();
  latest.store(std::make_shared<const Pair>(Pair{2, 2}));
  EXPECT_EQ(latest.load()->one, 2);
  EXPECT_EQ(first->one, 1);
}

TEST(Latest, IsWholeForWhoeverTakesItMeanwhile) {
  Latest<Pair> latest(std::make_shared<const Pair>());
  std::vector<std::jthread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&latest] {
      for (int taken = 0; taken < 5000;) {
        const auto pair = latest.load();
        EXPECT_EQ(pair->one, pair->other);
        taken = std::max(taken + 1, pair->one);
      }
    });
  }
  for (int i = 1; i <= 5000; ++i) latest.store(std::make_shared<const Pair>(Pair{i, i}));
}

}  // namespace
}  // namespace smtpd
