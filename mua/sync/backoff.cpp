#include "mua/sync/backoff.hpp"

#include <algorithm>

namespace mua::sync {

using std::chrono::milliseconds;

milliseconds Backoff::next(Waiting waiting) {
  const unsigned tries = tries_++;
  if (tries == 0) return milliseconds(200);
  if (tries == 1) return milliseconds(500);
  if (waiting == Waiting::kSomebody) return milliseconds(1000);
  return std::min(milliseconds(60'000), milliseconds(1000) * (1 << std::min(tries - 1, 6u)));
}

}  // namespace mua::sync
