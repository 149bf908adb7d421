#include "smtpd/accept.hpp"

namespace smtpd {

asio::awaitable<Accepted> accept(mailstore::Queue& queue, Dispatch& dispatch,
                                 mailstore::QueuedMessage message) {
  const asio::any_io_executor executor = co_await asio::this_coro::executor;
  Accepted accepted;
  co_await asio::async_initiate<const asio::use_awaitable_t<>&, void()>(
      [&](auto handler) {
        auto resume = std::make_shared<decltype(handler)>(std::move(handler));
        queue.accept(std::move(message), [&accepted, &dispatch, executor, resume](
                                             Message stored, std::exception_ptr error) {
          // The frame with `accepted` may be gone once it is resumed; `stored` keeps the message.
          accepted = {stored, error};
          asio::post(executor, [resume] { std::move (*resume)(); });
          if (stored) dispatch.take(stored);
        });
      },
      asio::use_awaitable);
  co_return accepted;
}

}  // namespace smtpd
