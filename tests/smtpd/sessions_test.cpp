#include "smtpd/sessions.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace smtpd {
namespace {

using asio::ip::tcp;

/// A stream with somebody at its other end who says nothing.
struct SocketPair {
  SocketPair() {
    tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
    silent.connect(acceptor.local_endpoint());
    stream.emplace(acceptor.accept());
  }
  asio::io_context io;
  tcp::socket silent{io};
  std::optional<tls::Stream> stream;
};

asio::awaitable<void> wait_idle(Sessions& sessions, tls::Stream& stream, bool& interrupted) {
  const auto entry = sessions.enter(stream);
  entry->begin_idle();
  try {
    co_await stream.read_line(100);
  } catch (const tls::StreamError&) {
    interrupted = true;
  }
  entry->end_idle();
  entry->leave();
  co_await stream.close();
}

TEST(Sessions, StopInterruptsWhoIsIdle) {
  Sessions sessions;
  SocketPair pair;
  bool interrupted = false;
  asio::co_spawn(pair.io, wait_idle(sessions, *pair.stream, interrupted), asio::detached);
  asio::post(pair.io, [&] { sessions.stop(); });
  pair.io.run();
  EXPECT_TRUE(interrupted);
  EXPECT_TRUE(sessions.stopping());
}

TEST(Sessions, ThoseGoneAreNotTouched) {
  Sessions sessions;
  SocketPair pair;
  const auto left = sessions.enter(*pair.stream);
  left->begin_idle();
  left->leave();
  for (int i = 0; i < 1000; ++i) sessions.enter(*pair.stream);
  pair.stream.reset();
  sessions.stop();
  pair.io.run();
  EXPECT_TRUE(sessions.stopping());
}

TEST(Sessions, OneIsLonelyTwoAreNot) {
  Sessions sessions;
  SocketPair first, second;
  const auto one = sessions.enter(*first.stream);
  EXPECT_TRUE(sessions.lonely());
  const auto two = sessions.enter(*second.stream);
  EXPECT_FALSE(sessions.lonely());
  one->leave();
  EXPECT_TRUE(sessions.lonely());
}

}  // namespace
}  // namespace smtpd
