// Opening a connection: tls::connect of stream.hpp.
#include <fmt/format.h>
#include <sys/socket.h>

#include <cerrno>

#include "tls/stream_impl.hpp"

namespace tls {
namespace {

using asio::ip::tcp;

asio::awaitable<std::vector<tcp::endpoint>> resolve(std::string host, std::uint16_t port) {
  tcp::resolver resolver(co_await asio::this_coro::executor);
  const auto service = std::to_string(port);
  const auto [error, results] =
      co_await resolver.async_resolve(host, service, asio::as_tuple(asio::use_awaitable));
  if (error)
    throw StreamError(StreamError::Kind::kClosed,
                      fmt::format("{} has no address: {}", host, error.message()));
  std::vector<tcp::endpoint> endpoints;
  for (const auto& result : results) endpoints.push_back(result.endpoint());
  co_return endpoints;
}

/// A non-blocking socket whose connection has begun, or the reason why it has not.
tcp::socket begin_connecting(const asio::any_io_executor& executor, const tcp::endpoint& endpoint,
                             boost::system::error_code& error) {
  tcp::socket socket(executor);
  socket.open(endpoint.protocol(), error);
  if (!error) socket.non_blocking(true, error);
  if (error) return socket;
  if (::connect(socket.native_handle(), endpoint.data(), static_cast<socklen_t>(endpoint.size())) !=
          0 &&
      errno != EINPROGRESS)
    error.assign(errno, boost::system::system_category());
  return socket;
}

boost::system::error_code pending_error(tcp::socket& socket) {
  int value = 0;
  socklen_t length = sizeof value;
  ::getsockopt(socket.native_handle(), SOL_SOCKET, SO_ERROR, &value, &length);
  return {value, boost::system::system_category()};
}

}  // namespace

asio::awaitable<Stream> connect(std::string host, std::uint16_t port, Seconds timeout) {
  const auto executor = co_await asio::this_coro::executor;
  const auto endpoints = co_await resolve(host, port);
  auto kind = StreamError::Kind::kClosed;
  std::string reason = "no address";
  for (const auto& endpoint : endpoints) {
    boost::system::error_code error;
    Stream stream(begin_connecting(executor, endpoint, error));
    stream.set_timeout(timeout);
    try {
      if (!error) co_await stream.wait(Stream::Need::kWrite);
      if (!error) error = pending_error(stream.impl_->socket);
      if (!error) {
        stream.impl_->peer = endpoint;
        stream.impl_->local = stream.impl_->socket.local_endpoint(error);
        co_return stream;
      }
      reason = error.message();
    } catch (const StreamError& timed_out) {
      kind = timed_out.kind;
      reason = fmt::format("no answer for {} s", timeout.count());
    }
  }
  throw StreamError(kind, fmt::format("cannot connect to {}:{}: {}", host, port, reason));
}

}  // namespace tls
