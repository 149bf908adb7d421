#include "smtpd/retry.hpp"

#include <algorithm>
#include <cmath>
#include <random>

namespace smtpd {

namespace {

constexpr std::int64_t kFirstLocalPause = 5;

std::int64_t doubled(std::int64_t first, std::int64_t longest, int attempts) {
  const int doublings = std::clamp(attempts - 1, 0, 30);
  return std::max<std::int64_t>(std::min(first << doublings, longest), 1);
}

/// Between -share and +share of `span`, rounded away from nothing.
std::int64_t spread(std::int64_t span, double share, double chance) {
  return std::llround(static_cast<double>(span) * share * (2 * chance - 1));
}

/// delay_notice is looked at when an attempt has failed.
std::int64_t at_or_before_notice(std::int64_t next, const conf::RelaySettings& settings,
                                 const Tried& tried) {
  const std::int64_t notice = tried.received_at + settings.delay_notice.count();
  return tried.delay_told || notice <= tried.now ? next : std::min(next, notice);
}

std::optional<std::int64_t> at_or_before_end(std::int64_t next, const conf::RelaySettings& settings,
                                             const Tried& tried) {
  const std::int64_t end = tried.received_at + settings.give_up_after.count();
  if (tried.now >= end) return std::nullopt;
  // The last attempt falls on the end itself, so that no message waits longer than was said.
  return std::min(std::max(next, tried.now + 1), end);
}

}  // namespace

double chance() {
  thread_local std::minstd_rand random{std::random_device{}()};
  return std::uniform_real_distribution<double>(0, 1)(random);
}

std::optional<std::int64_t> next_attempt(const conf::RelaySettings& settings, const Tried& tried) {
  const double share = settings.retry_jitter / 100.0;
  const std::int64_t first = settings.retry_first.count();
  const std::int64_t pause = doubled(first, settings.retry_longest.count(), tried.attempts);
  // Those who wait for a dead host come after it is tried again, one after the other.
  const std::int64_t later =
      tried.earliest + std::llround(static_cast<double>(first) * share * tried.chance);
  const std::int64_t next = tried.now + pause + spread(pause, share, tried.chance);
  return at_or_before_end(at_or_before_notice(std::max(next, later), settings, tried), settings,
                          tried);
}

std::optional<std::int64_t> next_local_attempt(const conf::RelaySettings& settings,
                                               const Tried& tried) {
  const std::int64_t pause =
      doubled(kFirstLocalPause, settings.retry_first.count(), tried.attempts);
  return at_or_before_end(tried.now + pause, settings, tried);
}

}  // namespace smtpd
