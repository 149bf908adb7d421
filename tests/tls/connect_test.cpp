#include <gtest/gtest.h>

#include "tests/tls/connection.hpp"

namespace tls {
namespace {

asio::awaitable<void> try_connect(std::uint16_t port, std::string& outcome) {
  try {
    auto stream = co_await connect("localhost", port, Seconds(5));
    outcome = stream.peer_is_loopback() ? "connected" : "elsewhere";
  } catch (const StreamError& error) {
    outcome = error.what();
  }
}

std::string outcome_of(asio::io_context& io, std::uint16_t port) {
  std::string outcome;
  asio::co_spawn(io, try_connect(port, outcome), asio::detached);
  io.run();
  return outcome;
}

TEST(Connect, TriesEveryAddressOfTheName) {
  asio::io_context io;
  const asio::ip::tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
  EXPECT_EQ(outcome_of(io, acceptor.local_endpoint().port()), "connected");
}

TEST(Connect, SaysWhereAndWhyNot) {
  asio::io_context io;
  std::uint16_t port = 0;
  {
    const asio::ip::tcp::acceptor closed(io, {asio::ip::address_v4::loopback(), 0});
    port = closed.local_endpoint().port();
  }
  EXPECT_EQ(outcome_of(io, port),
            "cannot connect to localhost:" + std::to_string(port) + ": Connection refused");
}

}  // namespace
}  // namespace tls
