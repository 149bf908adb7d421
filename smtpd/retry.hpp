// When to try again, and when to give up (RFC 5321 §4.5.4.1). Pure arithmetic. Another server is
// given the minutes it asks for; our own trouble, a full disk say, ends the moment somebody ends
// it, and looking costs little.
#pragma once

#include <cstdint>
#include <optional>

#include "conf/settings.hpp"

namespace smtpd {

/// The moment of the next attempt in seconds since 1970 after `attempts` failed ones (this one
/// counted): retry_first, doubled each time, at most retry_longest. nullopt: the message is older
/// than give_up_after then.
std::optional<std::int64_t> next_attempt(const conf::RelaySettings& settings, int attempts,
                                         std::int64_t received_at, std::int64_t now);
/// The same for a mailbox of ours: five seconds, doubled each time, at most retry_first.
std::optional<std::int64_t> next_local_attempt(const conf::RelaySettings& settings, int attempts,
                                               std::int64_t received_at, std::int64_t now);

}  // namespace smtpd
