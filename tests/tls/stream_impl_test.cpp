#include <gtest/gtest.h>
#include <malloc.h>

#include "tests/tls/connection.hpp"

namespace tls {
namespace {

using StreamImpl = Connection;

asio::awaitable<void> take_all(Stream& stream, std::size_t octets) {
  while (stream.buffered().size() < octets) co_await stream.fill();
  stream.consume(octets);
}

asio::awaitable<void> wait_a_turn(Stream& stream) {
  co_await asio::post(stream.executor(), asio::use_awaitable);
  stream.cancel();
}

/// Octets in use, also those of areas so large that they have a mapping of their own.
long in_use() {
  const auto memory = mallinfo2();
  return static_cast<long>(memory.uordblks + memory.hblkhd);
}

TEST_F(StreamImpl, AnIdleStreamHoldsNoBuffer) {
  encrypt();
  run(server_->wait_readable(), wait_a_turn(*server_));
  const std::string octets(1'000'000, 'x');
  const long before = in_use();
  run(client_->write(octets), take_all(*server_, octets.size()));
  run(server_->wait_readable(), wait_a_turn(*server_));
  EXPECT_LT(in_use() - before, 30'000);
}

}  // namespace
}  // namespace tls
