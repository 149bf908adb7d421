// The states of a recipient in the queue and the moves between them: all there are. Numbers are
// what queue.db stores. Whoever changes a state, smtpd or mailctl, asks here first.
#pragma once

#include <optional>
#include <string_view>

#include "mailstore/queue.hpp"

namespace mailstore {

std::string_view describe(RecipientState state);

/// Delivered or failed: nothing more will be done for the recipient.
bool is_final(RecipientState state);

/// The state that a recipient in `from` has after it was told `to`; nullopt: the move is not legal.
/// They differ in one case: what is held while an attempt is under way stays held, should that
/// attempt be deferred.
std::optional<RecipientState> state_after(Cause cause, RecipientState from, RecipientState to);

/// The same end told twice, after a crash say: nothing changes.
bool is_repeat(RecipientState from, RecipientState to);

}  // namespace mailstore
