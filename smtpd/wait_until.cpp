#include "smtpd/wait_until.hpp"

namespace smtpd {

asio::awaitable<void> wait_until(asio::io_context& io, std::function<bool()> is_so,
                                 std::chrono::milliseconds longest) {
  constexpr std::chrono::milliseconds kLookAgain{10};
  asio::steady_timer timer(io);
  for (std::chrono::milliseconds waited{0}; !is_so() && waited < longest; waited += kLookAgain) {
    timer.expires_after(kLookAgain);
    co_await timer.async_wait(asio::use_awaitable);
  }
}

}  // namespace smtpd
