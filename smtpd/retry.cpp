#include "smtpd/retry.hpp"

#include <algorithm>

namespace smtpd {

namespace {

constexpr std::int64_t kFirstLocalPause = 5;

struct Pauses {
  std::int64_t first;
  std::int64_t longest;
};

std::optional<std::int64_t> next_after(Pauses pauses, int attempts, std::int64_t end,
                                       std::int64_t now) {
  if (now >= end) return std::nullopt;
  const int doublings = std::clamp(attempts - 1, 0, 30);
  const std::int64_t pause = std::min(pauses.first << doublings, pauses.longest);
  // The last attempt falls on the end itself, so that no message waits longer than was said.
  return std::min(now + std::max<std::int64_t>(pause, 1), end);
}

}  // namespace

std::optional<std::int64_t> next_attempt(const conf::RelaySettings& settings, int attempts,
                                         std::int64_t received_at, std::int64_t now) {
  return next_after({settings.retry_first.count(), settings.retry_longest.count()}, attempts,
                    received_at + settings.give_up_after.count(), now);
}

std::optional<std::int64_t> next_local_attempt(const conf::RelaySettings& settings, int attempts,
                                               std::int64_t received_at, std::int64_t now) {
  return next_after({kFirstLocalPause, settings.retry_first.count()}, attempts,
                    received_at + settings.give_up_after.count(), now);
}

}  // namespace smtpd
