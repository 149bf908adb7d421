// Accepting connections: one listening socket a thread and endpoint with SO_REUSEPORT, so that the
// kernel spreads connections and a connection lives its life on one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "conf/settings.hpp"
#include "tls/stream.hpp"

namespace tls {

/// Runs one session until it ends. Exceptions it lets out are logged by the listener.
using SessionFunction = std::function<asio::awaitable<void>(Stream)>;

/// How many connections are allowed at once; refused ones get `refusal` (a protocol's own words)
/// and are closed.
struct ConnectionLimits {
  std::uint32_t total = 1000;
  std::uint32_t per_address = 50;
  bool limit_loopback = false;
  std::string refusal;
};

}  // namespace tls
