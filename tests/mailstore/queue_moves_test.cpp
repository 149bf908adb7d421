#include "mailstore/queue_moves.hpp"

#include <gtest/gtest.h>

namespace mailstore {
namespace {

using enum RecipientState;

TEST(QueueMoves, AreExactlyThese) {
  const RecipientState states[] = {kQueued, kDelivered, kFailed, kHeld};
  const Move expected[4][4] = {
      // to: queued, delivered, failed, held
      {Move::kAttempt, Move::kAttempt, Move::kAttempt, Move::kDecision},   // from queued
      {Move::kIllegal, Move::kRepeat, Move::kIllegal, Move::kIllegal},     // from delivered
      {Move::kIllegal, Move::kIllegal, Move::kRepeat, Move::kIllegal},     // from failed
      {Move::kDecision, Move::kIllegal, Move::kDecision, Move::kRepeat}};  // from held
  for (int from = 0; from < 4; ++from)
    for (int to = 0; to < 4; ++to)
      EXPECT_EQ(move_between(states[from], states[to]), expected[from][to])
          << describe(states[from]) << " to " << describe(states[to]);
}

TEST(QueueMoves, StatesHaveTheNumbersThatQueueDbStores) {
  EXPECT_EQ(static_cast<int>(kQueued), 0);
  EXPECT_EQ(static_cast<int>(kDelivered), 1);
  EXPECT_EQ(static_cast<int>(kFailed), 2);
  EXPECT_EQ(static_cast<int>(kHeld), 3);
}

TEST(QueueMoves, OnlyDeliveredAndFailedAreFinal) {
  EXPECT_TRUE(is_final(kDelivered));
  EXPECT_TRUE(is_final(kFailed));
  EXPECT_FALSE(is_final(kQueued));
  EXPECT_FALSE(is_final(kHeld));
}

}  // namespace
}  // namespace mailstore
