#include "mua/sync/backoff.hpp"

#include <gtest/gtest.h>

namespace mua::sync {
namespace {

TEST(Backoff, IsShortWhileSomebodyWaits) {
  Backoff backoff;
  std::int64_t total = 0;
  for (int i = 0; i < 10; ++i) total += backoff.next(Backoff::Waiting::kSomebody).count();
  EXPECT_EQ(total, 200 + 500 + 8 * 1000);
  backoff.reset();
  EXPECT_EQ(backoff.next(Backoff::Waiting::kSomebody).count(), 200);
}

TEST(Backoff, GrowsWhileNobodyDoes) {
  Backoff backoff;
  std::chrono::milliseconds last{0};
  for (int i = 0; i < 100; ++i) {
    const auto next = backoff.next(Backoff::Waiting::kNobody);
    EXPECT_GE(next, last);
    last = next;
  }
  EXPECT_EQ(last.count(), 60'000);
}

}  // namespace
}  // namespace mua::sync
