#include "smtpd/accept.hpp"

namespace smtpd {

using Caller = mailstore::Queue::Caller;

asio::awaitable<Accepted> accept(mailstore::Queue& queue, Dispatch& dispatch,
                                 mailstore::QueuedMessage message, Caller caller) {
  const asio::any_io_executor executor = co_await asio::this_coro::executor;
  Accepted accepted;
  co_await asio::async_initiate<const asio::use_awaitable_t<>&, void()>(
      [&](auto handler) {
        auto resume = std::make_shared<decltype(handler)>(std::move(handler));
        const auto done = [&accepted, &dispatch, executor, resume, caller](
                              const Message& stored, const std::exception_ptr& error) {
          // The frame with `accepted` may be gone once it is resumed; `stored` keeps the message.
          accepted = {stored, error};
          asio::post(executor, [resume] { std::move (*resume)(); });
          if (!stored) return;
          if (caller == Caller::kGoesOn) return dispatch.take(stored);
          // This very thread is to say 250, and the client waits for that.
          asio::post(executor, [&dispatch, stored] { dispatch.take(stored); });
        };
        queue.accept(std::move(message), done, caller);
      },
      asio::use_awaitable);
  co_return accepted;
}

}  // namespace smtpd
