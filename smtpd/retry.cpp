#include "smtpd/retry.hpp"

#include <algorithm>

namespace smtpd {

std::optional<std::int64_t> next_attempt(const conf::RelaySettings& settings, int attempts,
                                         std::int64_t received_at, std::int64_t now) {
  const std::int64_t end = received_at + settings.give_up_after.count();
  if (now >= end) return std::nullopt;
  const int doublings = std::clamp(attempts - 1, 0, 30);
  const std::int64_t pause = std::min<std::int64_t>(settings.retry_first.count() << doublings,
                                                    settings.retry_longest.count());
  // The last attempt falls on the end itself, so that no message waits longer than was said.
  return std::min(now + std::max<std::int64_t>(pause, 1), end);
}

}  // namespace smtpd
