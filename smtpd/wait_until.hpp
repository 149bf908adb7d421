// Waiting for what tells nobody when it has come.
#pragma once

#include <chrono>
#include <functional>

#include "tls/asio.hpp"

namespace smtpd {

/// Until it is so, or for that long; it is looked at every 10 ms, for the first time at once.
asio::awaitable<void> wait_until(
    asio::io_context& io, std::function<bool()> is_so,
    std::chrono::milliseconds longest = std::chrono::milliseconds::max());

}  // namespace smtpd
