// How long to wait before a lost connection is tried again. Pure.
#pragma once

#include <chrono>

namespace mua::sync {

/// 0.2, 0.5, then 1 s while somebody waits, so that she is live again within two seconds of the
/// server's return; while nobody does, twice as long each time up to a minute.
class Backoff {
 public:
  enum class Waiting { kSomebody, kNobody };
  std::chrono::milliseconds next(Waiting waiting);
  /// It worked.
  void reset() { tries_ = 0; }

 private:
  unsigned tries_ = 0;
};

}  // namespace mua::sync
