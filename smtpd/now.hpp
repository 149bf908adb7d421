// The moment as the queue keeps it.
#pragma once

#include <chrono>
#include <cstdint>

namespace smtpd {

/// Seconds since 1970, UTC.
inline std::int64_t seconds_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace smtpd
