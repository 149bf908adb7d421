#include "mailstore/queue_moves.hpp"

#include <gtest/gtest.h>

namespace mailstore {
namespace {

using enum RecipientState;

using After = std::optional<RecipientState>;
constexpr RecipientState kStates[] = {kQueued, kDelivered, kFailed, kHeld};
constexpr After kNever = std::nullopt;

void expect_moves(Cause cause, const After (&expected)[4][4]) {
  for (std::size_t from = 0; from < 4; ++from)
    for (std::size_t to = 0; to < 4; ++to)
      EXPECT_EQ(state_after(cause, kStates[from], kStates[to]), expected[from][to])
          << describe(kStates[from]) << " to " << describe(kStates[to]);
}

TEST(QueueMoves, OfAnAttemptAreExactlyThese) {
  expect_moves(Cause::kAttempt,
               // to: queued, delivered, failed, held
               {{kQueued, kDelivered, kFailed, kNever},
                {kNever, kDelivered, kNever, kNever},
                {kNever, kNever, kFailed, kNever},
                {kHeld, kDelivered, kFailed, kHeld}});
}

TEST(QueueMoves, OfADecisionAreExactlyThese) {
  expect_moves(Cause::kDecision,
               // to: queued, delivered, failed, held
               {{kQueued, kNever, kFailed, kHeld},
                {kNever, kDelivered, kNever, kNever},
                {kNever, kNever, kFailed, kNever},
                {kQueued, kNever, kFailed, kHeld}});
}

TEST(QueueMoves, TheSameEndToldTwiceIsARepeat) {
  EXPECT_FALSE(is_repeat(kQueued, kQueued));
  for (RecipientState state : {kDelivered, kFailed, kHeld}) EXPECT_TRUE(is_repeat(state, state));
  EXPECT_FALSE(is_repeat(kQueued, kHeld));
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
