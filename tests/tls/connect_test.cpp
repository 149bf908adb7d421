#include <gtest/gtest.h>
#include <sys/socket.h>

#include "tests/tls/connection.hpp"

namespace tls {
namespace {

using asio::ip::make_address;
using asio::ip::tcp;
using Addresses = std::vector<asio::ip::address>;

/// A listener on `address` whose queue of connections is full: whoever comes next gets no answer,
/// as from a host behind a firewall.
class Blackhole {
 public:
  Blackhole(asio::io_context& io, const char* address, std::uint16_t port)
      : acceptor_(io, tcp::v4()) {
    acceptor_.bind({make_address(address), port});
    acceptor_.listen(0);
    for (int i = 0; i < 4; ++i) {
      tcp::socket filling(io, tcp::v4());
      filling.non_blocking(true);
      const auto at = acceptor_.local_endpoint();
      // Asio's own would wait for the end of it.
      ::connect(filling.native_handle(), at.data(), static_cast<socklen_t>(at.size()));
      fill_.push_back(std::move(filling));
    }
  }

 private:
  tcp::acceptor acceptor_;
  std::vector<tcp::socket> fill_;
};

struct Outcome {
  std::string text;
  std::string peer;
};

asio::awaitable<void> by_name(std::uint16_t port, Outcome& outcome) {
  try {
    auto stream = co_await connect("localhost", port, Seconds(5));
    outcome = {stream.peer_is_loopback() ? "connected" : "elsewhere", ""};
  } catch (const StreamError& error) {
    outcome.text = error.what();
  }
}

asio::awaitable<void> by_address(Addresses addresses, std::uint16_t port, Outcome& outcome) {
  try {
    auto stream = co_await connect(addresses, port, Seconds(1));
    outcome = {"connected", stream.peer().address().to_string()};
  } catch (const StreamError& error) {
    outcome.text = error.what();
  }
}

Outcome outcome_of(asio::io_context& io, std::uint16_t port) {
  Outcome outcome;
  asio::co_spawn(io, by_name(port, outcome), asio::detached);
  io.run();
  return outcome;
}

Outcome outcome_of(asio::io_context& io, const std::vector<std::string>& addresses,
                   std::uint16_t port) {
  Outcome outcome;
  Addresses parsed;
  for (const auto& address : addresses) parsed.push_back(make_address(address));
  asio::co_spawn(io, by_address(parsed, port, outcome), asio::detached);
  io.run();
  return outcome;
}

std::uint16_t closed_port(asio::io_context& io) {
  const tcp::acceptor closed(io, {asio::ip::address_v4::loopback(), 0});
  return closed.local_endpoint().port();
}

TEST(Connect, TriesEveryAddressOfTheName) {
  asio::io_context io;
  const tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
  EXPECT_EQ(outcome_of(io, acceptor.local_endpoint().port()).text, "connected");
}

TEST(Connect, SaysWhereAndWhyNot) {
  asio::io_context io;
  const auto port = closed_port(io);
  EXPECT_EQ(outcome_of(io, port).text,
            "cannot connect to localhost:" + std::to_string(port) + ": Connection refused");
}

TEST(Connect, GoesOnAtOnceWhereAnAddressRefuses) {
  asio::io_context io;
  const tcp::acceptor acceptor(io, {make_address("127.0.0.3"), 0});
  const auto outcome =
      outcome_of(io, {"127.0.0.1", "127.0.0.2", "127.0.0.3"}, acceptor.local_endpoint().port());
  EXPECT_EQ(outcome.peer, "127.0.0.3");
}

TEST(Connect, ASilentAddressHoldsUpNobody) {
  asio::io_context io;
  const tcp::acceptor acceptor(io, {make_address("127.0.0.3"), 0});
  const auto port = acceptor.local_endpoint().port();
  const Blackhole silent(io, "127.0.0.2", port);
  EXPECT_EQ(outcome_of(io, {"127.0.0.2", "127.0.0.3"}, port).peer, "127.0.0.3");
}

TEST(Connect, TheFirstIsPreferred) {
  asio::io_context io;
  const tcp::acceptor first(io, {make_address("127.0.0.2"), 0});
  const auto port = first.local_endpoint().port();
  const tcp::acceptor second(io, {make_address("127.0.0.3"), port});
  EXPECT_EQ(outcome_of(io, {"127.0.0.2", "127.0.0.3"}, port).peer, "127.0.0.2");
}

TEST(Connect, TellsWhatEachAddressMet) {
  asio::io_context io;
  const auto port = closed_port(io);
  const Blackhole silent(io, "127.0.0.2", port);
  const auto at = std::to_string(port);
  EXPECT_EQ(outcome_of(io, {"127.0.0.1", "127.0.0.2"}, port).text,
            "cannot connect to 127.0.0.1:" + at + " and 1 more: 127.0.0.1:" + at +
                " Connection refused, 127.0.0.2:" + at + " no answer for 1 s");
}

TEST(Connect, NoAddressIsAnError) {
  asio::io_context io;
  EXPECT_EQ(outcome_of(io, {}, 25).text, "cannot connect to nowhere: no address");
}

// What is left of it are sockets and a timer of the io_context; the sanitizers watch.
TEST(Connect, EndsWithItsLoop) {
  Outcome outcome;
  asio::io_context io;
  const auto port = closed_port(io);
  const Blackhole silent(io, "127.0.0.2", port);
  asio::co_spawn(io, by_address({make_address("127.0.0.2")}, port, outcome), asio::detached);
  io.poll();
  EXPECT_EQ(outcome.text, "");
}

}  // namespace
}  // namespace tls
