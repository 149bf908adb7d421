#include "mua/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>

namespace mua {

Progress::Progress() : is_terminal_(isatty(STDERR_FILENO) != 0) {}

void Progress::show(const std::string& text) {
  const auto now = std::chrono::steady_clock::now();
  if (!is_terminal_ || now < next_) return;
  next_ = now + std::chrono::milliseconds(100);
  shown_ = true;
  fmt::print(stderr, "\r{}\x1b[K", text);
  std::fflush(stderr);
}

void Progress::clear() {
  if (!shown_) return;
  shown_ = false;
  fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
}

std::string octets_text(std::uint64_t octets) {
  constexpr double kStep = 1000;
  double size = static_cast<double>(octets);
  const char* units[] = {"octets", "KB", "MB", "GB", "TB"};
  std::size_t unit = 0;
  while (size >= kStep && unit < 4) {
    size /= kStep;
    ++unit;
  }
  return unit == 0 ? fmt::format("{} octets", octets) : fmt::format("{:.1f} {}", size, units[unit]);
}

}  // namespace mua
