#include "mailstore/queue_moves.hpp"

namespace mailstore {
namespace {

struct Rule {
  RecipientState from, to;
  Move move;
};

using enum RecipientState;

constexpr Rule kRules[] = {
    {kQueued, kQueued, Move::kAttempt},       // deferred: tried, and to be tried again
    {kQueued, kDelivered, Move::kAttempt},    // the next hop or the mailbox has it
    {kQueued, kFailed, Move::kAttempt},       // refused for good, or tried for too long
    {kQueued, kHeld, Move::kDecision},        // kept from being tried
    {kHeld, kQueued, Move::kDecision},        // released
    {kHeld, kFailed, Move::kDecision},        // given up while held
    {kDelivered, kDelivered, Move::kRepeat},  // told again after a crash
    {kFailed, kFailed, Move::kRepeat},       {kHeld, kHeld, Move::kRepeat},
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

Move move_between(RecipientState from, RecipientState to) {
  for (const Rule& rule : kRules)
    if (rule.from == from && rule.to == to) return rule.move;
  return Move::kIllegal;
}

}  // namespace mailstore
