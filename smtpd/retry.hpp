// When to try again, and when to give up (RFC 5321 §4.5.4.1). Pure arithmetic. Another server is
// given the minutes it asks for; our own trouble, a full disk say, ends the moment somebody ends
// it, and looking costs little.
#pragma once

#include <cstdint>
#include <optional>

#include "conf/settings.hpp"

namespace smtpd {

/// From 0 to 1, at random.
double chance();

/// A recipient that was tried in vain.
struct Tried {
  int attempts = 1;              ///< this one counted
  std::int64_t received_at = 0;  ///< seconds since 1970, as all moments here
  std::int64_t now = 0;
  double chance = 0.5;        ///< from 0 to 1, at random: what failed together comes back apart
  std::int64_t earliest = 0;  ///< the next hop is dead until then
  bool delay_told = false;    ///< the sender knows that it takes long
};

/// The moment of the next attempt: retry_first, doubled each time, at most retry_longest, give or
/// take retry_jitter per cent, and not before `earliest`. One falls on the moment when the sender
/// is to be told of the delay, the last one on the end of give_up_after; nullopt: that has come.
std::optional<std::int64_t> next_attempt(const conf::RelaySettings& settings, const Tried& tried);
/// The same for a mailbox of ours: five seconds, doubled each time, at most retry_first; exactly.
std::optional<std::int64_t> next_local_attempt(const conf::RelaySettings& settings,
                                               const Tried& tried);

}  // namespace smtpd
