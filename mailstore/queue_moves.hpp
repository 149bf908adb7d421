// The states of a recipient in the queue and the moves between them: all there are. Numbers are
// what queue.db stores.
#pragma once

#include <string_view>

#include "mailstore/queue.hpp"

namespace mailstore {

std::string_view describe(RecipientState state);

/// Delivered or failed: nothing more will be done for the recipient.
bool is_final(RecipientState state);

/// kRepeat: the same final outcome told twice, which changes nothing.
enum class Move { kIllegal, kRepeat, kAttempt, kDecision };

/// kAttempt: a delivery was tried, and counts; kDecision: somebody held, released or gave up.
Move move_between(RecipientState from, RecipientState to);

}  // namespace mailstore
