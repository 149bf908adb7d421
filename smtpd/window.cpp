#include "smtpd/window.hpp"

#include <algorithm>
#include <cmath>

namespace smtpd {

namespace {

constexpr double kFirstWidth = 2;  // once it has answered
constexpr std::int64_t kNoGrowth = 60;
constexpr std::int64_t kLongestDeath = 1800;
constexpr int kMostBreaks = 5;

}  // namespace

unsigned Window::width(std::int64_t now) const {
  if (dead(now)) return 0;
  return proven_ ? static_cast<unsigned>(width_) : 1;
}

void Window::succeeded(const conf::RelaySettings& settings, std::int64_t now) {
  const double most = settings.max_connections_per_destination;
  if (!proven_) width_ = std::max(width_, kFirstWidth);
  if (proven_ && now >= grows_from_) width_ += 1 / width_;
  width_ = std::min(width_, most);
  proven_ = true;
  deaths_ = 0;
  breaks_ = 0;
}

void Window::shrink(std::int64_t now) {
  width_ = std::max(1.0, std::floor(width_ / 2));
  grows_from_ = now + kNoGrowth;
}

void Window::die(const conf::RelaySettings& settings, const Death& death) {
  // Connections that break together are one death.
  if (dead(death.now)) return;
  const std::int64_t first = settings.retry_first.count();
  const std::int64_t longest =
      std::min<std::int64_t>(settings.retry_longest.count(), kLongestDeath);
  const std::int64_t pause = std::min(first << std::min(deaths_, 20), std::max(first, longest));
  const double share = settings.retry_jitter / 100.0 * death.chance;
  ++deaths_;
  dead_until_ = death.now + pause + std::llround(static_cast<double>(pause) * share);
  reply_ = death.reply;
  host_ = death.host;
  width_ = 1;
  proven_ = false;
  breaks_ = 0;
}

bool Window::broke(std::int64_t now) {
  shrink(now);
  return ++breaks_ >= kMostBreaks;
}

void Window::revive() {
  dead_until_ = 0;
  deaths_ = 0;
  breaks_ = 0;
}

}  // namespace smtpd
