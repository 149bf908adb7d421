#include "mailstore/queue_moves.hpp"

namespace mailstore {
namespace {

struct QueueRule {
  Cause cause;
  RecipientState from, to, after;
};

using enum RecipientState;
using enum Cause;

constexpr QueueRule kQueueRules[] = {
    {kAttempt, kQueued, kQueued, kQueued},        // deferred: to be tried again
    {kAttempt, kQueued, kDelivered, kDelivered},  // the next hop or the mailbox has it
    {kAttempt, kQueued, kFailed, kFailed},        // refused for good, or tried for too long
    // Held while the attempt was under way: what happened is recorded all the same.
    {kAttempt, kHeld, kQueued, kHeld},
    {kAttempt, kHeld, kDelivered, kDelivered},
    {kAttempt, kHeld, kFailed, kFailed},
    {kDecision, kQueued, kQueued, kQueued},  // to be tried at another time: retry, flush
    {kDecision, kQueued, kHeld, kHeld},      // kept from being tried
    {kDecision, kHeld, kQueued, kQueued},    // released
    {kDecision, kQueued, kFailed, kFailed},  // given up
    {kDecision, kHeld, kFailed, kFailed},
};

}  // namespace

std::string_view describe(RecipientState state) {
  switch (state) {
    case kQueued: return "queued";
    case kDelivered: return "delivered";
    case kFailed: return "failed";
    case kHeld: return "held";
  }
  return "unknown";
}

bool is_final(RecipientState state) { return state == kDelivered || state == kFailed; }

bool is_repeat(RecipientState from, RecipientState to) { return from == to && from != kQueued; }

std::optional<RecipientState> state_after(Cause cause, RecipientState from, RecipientState to) {
  if (is_repeat(from, to)) return to;
  for (const QueueRule& rule : kQueueRules)
    if (rule.cause == cause && rule.from == from && rule.to == to) return rule.after;
  return std::nullopt;
}

}  // namespace mailstore
