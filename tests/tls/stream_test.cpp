#include "tls/stream.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include "tests/tls/connection.hpp"

namespace tls {
namespace {

using StreamTest = Connection;

StreamError::Kind kind_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const StreamError& error) {
    return error.kind;
  }
  throw std::runtime_error("no StreamError");
}

TEST_F(StreamTest, ReadsLinesWithTheirEnds) {
  client_sends("EHLO x\r\nbare\n\r\n");
  auto line = server_line(100);
  EXPECT_EQ(line.text, "EHLO x");
  EXPECT_FALSE(line.bare_lf);
  line = server_line(100);
  EXPECT_EQ(line.text, "bare");
  EXPECT_TRUE(line.bare_lf);
  line = server_line(100);
  EXPECT_EQ(line.text, "");
  EXPECT_FALSE(line.bare_lf);
}

TEST_F(StreamTest, ReadsALineThatComesOctetByOctet) {
  Line line;
  const auto send = [](Stream& client) -> asio::awaitable<void> {
    for (const char c : std::string("A\rB\0C\r\n", 7)) {
      co_await client.write({&c, 1});
      co_await asio::post(client.executor(), asio::use_awaitable);
    }
  };
  run(read_line_of(*server_, 5, line), send(*client_));
  EXPECT_EQ(line.status, LineStatus::kLine);
  EXPECT_EQ(line.text, std::string("A\rB\0C", 5));
}

TEST_F(StreamTest, BoundsLines) {
  client_sends("12345\r\n123456\r\n" + std::string(200'000, 'x') + "\r\n12345\n123456\nnext\r\n");
  EXPECT_EQ(server_line(5).status, LineStatus::kLine);
  auto line = server_line(5);
  EXPECT_EQ(line.status, LineStatus::kTooLong);
  EXPECT_EQ(line.text, "12345");
  line = server_line(5);
  EXPECT_EQ(line.status, LineStatus::kTooLong);
  EXPECT_EQ(line.text, "xxxxx");
  EXPECT_FALSE(line.bare_lf);
  EXPECT_EQ(server_line(5).status, LineStatus::kLine);
  line = server_line(5);
  EXPECT_EQ(line.status, LineStatus::kTooLong);
  EXPECT_TRUE(line.bare_lf);
  EXPECT_EQ(server_line(5).text, "next");
}

TEST_F(StreamTest, FillsAndConsumes) {
  client_sends("abcdef");
  run(server_->fill());
  EXPECT_EQ(server_->buffered(), "abcdef");
  server_->consume(4);
  client_sends("gh");
  run(server_->fill());
  EXPECT_EQ(server_->buffered(), "efgh");
}

TEST_F(StreamTest, FillsWithoutWaiting) {
  for (const bool encrypted : {false, true}) {
    if (encrypted) encrypt();
    EXPECT_FALSE(server_->fill_if_ready());
    client_sends("abc");
    run(server_->wait_readable());
    EXPECT_TRUE(server_->fill_if_ready());
    EXPECT_EQ(server_->buffered(), "abc");
    EXPECT_TRUE(server_->fill_if_ready());
    server_->consume(3);
    EXPECT_FALSE(server_->fill_if_ready());
  }
  client_.reset();
  run(server_->wait_readable());
  EXPECT_THROW(server_->fill_if_ready(), StreamError);
}

TEST_F(StreamTest, CarriesMuchBothWaysAtOnce) {
  for (const bool encrypted : {false, true}) {
    if (encrypted) encrypt();
    const std::string octets(3'000'000, 'z');
    const auto read_all = [](Stream& stream, std::size_t size) -> asio::awaitable<void> {
      std::size_t got = 0;
      while (got < size) {
        co_await stream.fill();
        got += stream.buffered().size();
        stream.consume(stream.buffered().size());
      }
      EXPECT_EQ(got, size);
    };
    run(server_->write(octets), read_all(*client_, octets.size()));
    run(client_->write(octets), read_all(*server_, octets.size()));
  }
}

TEST_F(StreamTest, TellsTheEndOfTheStream) {
  run(client_->close());
  EXPECT_EQ(kind_of([&] { run(server_->fill()); }), StreamError::Kind::kClosed);
}

TEST_F(StreamTest, TellsTheEndOfATlsStream) {
  encrypt();
  run(client_->close());
  EXPECT_EQ(kind_of([&] { run(server_->fill()); }), StreamError::Kind::kClosed);
  run(server_->close());
  EXPECT_EQ(kind_of([&] { run(server_->fill()); }), StreamError::Kind::kClosed);
}

TEST_F(StreamTest, WritingToAClosedPeerIsAnErrorAndNoSignal) {
  for (const bool encrypted : {false, true}) {
    connect_again();
    if (encrypted) encrypt();
    run(client_->close());
    const std::string octets(1 << 20, 'x');
    EXPECT_THROW(
        {
          for (int i = 0; i < 100; ++i) run(server_->write(octets));
        },
        StreamError);
  }
}

TEST_F(StreamTest, AReadThatLastsTooLongTimesOut) {
  server_->set_timeout(Seconds(0));
  EXPECT_EQ(kind_of([&] { run(server_->fill()); }), StreamError::Kind::kTimeout);
  EXPECT_EQ(kind_of([&] { run(server_->wait_readable()); }), StreamError::Kind::kTimeout);
  // The connection itself is as it was.
  server_->set_timeout(Seconds(10));
  client_sends("still here\r\n");
  EXPECT_EQ(server_line(100).text, "still here");
}

TEST_F(StreamTest, AShorterTimeoutReplacesALongerOne) {
  server_->set_timeout(Seconds(3600));
  client_sends("x\r\n");
  Line line;
  run(read_line_of(*server_, 10, line));
  server_->set_timeout(Seconds(0));
  EXPECT_EQ(kind_of([&] { run(server_->fill()); }), StreamError::Kind::kTimeout);
}

/// Each octet comes well within a second; what they begin is not finished within three.
asio::awaitable<void> dribble(Stream& client, std::string beginning) {
  co_await client.write(beginning);
  asio::steady_timer timer(client.executor());
  for (int i = 0; i < 30; ++i) {
    timer.expires_after(std::chrono::milliseconds(100));
    co_await timer.async_wait(asio::use_awaitable);
    co_await client.write("x");
  }
}

TEST_F(StreamTest, ALineHasItsTimeoutAsAWhole) {
  server_->set_timeout(Seconds(1));
  asio::co_spawn(io_, dribble(*client_, ""), asio::detached);
  EXPECT_EQ(kind_of([&] { server_line(1000); }), StreamError::Kind::kTimeout);
  EXPECT_NE(server_->buffered(), "") << "what came of it is not lost";
}

TEST_F(StreamTest, AHandshakeHasItsTimeoutAsAWhole) {
  server_->set_timeout(Seconds(1));
  // A handshake record that announces 16,000 octets (RFC 8446 §5.1).
  const std::string beginning("\x16\x03\x01\x3e\x80\x01\x00\x3e\x7c", 9);
  asio::co_spawn(io_, dribble(*client_, beginning), asio::detached);
  EXPECT_EQ(kind_of([&] { run(server_->handshake_server(server_side())); }),
            StreamError::Kind::kTimeout);
}

TEST_F(StreamTest, AWriteToSomebodyWhoDoesNotReadTimesOut) {
  server_->set_timeout(Seconds(0));
  const std::string octets(64 << 20, 'x');
  EXPECT_EQ(kind_of([&] { run(server_->write(octets)); }), StreamError::Kind::kTimeout);
}

TEST_F(StreamTest, CancelEndsAWait) {
  for (const bool encrypted : {false, true}) {
    if (encrypted) encrypt();
    const auto cancel = [](Stream& stream) -> asio::awaitable<void> {
      co_await asio::post(stream.executor(), asio::use_awaitable);
      stream.cancel();
    };
    run(server_->wait_readable(), cancel(*server_));
    EXPECT_EQ(kind_of([&] { run(server_->fill(), cancel(*server_)); }), StreamError::Kind::kClosed);
    server_->cancel();  // nothing waits: nothing happens
    client_sends("x\r\n");
    EXPECT_EQ(server_line(10).text, "x");
  }
}

TEST_F(StreamTest, WaitReadableReturnsWhenThePeerSpeaksOrCloses) {
  run(server_->wait_readable(), client_->write("x"));
  run(server_->fill());
  server_->consume(1);
  encrypt();
  // The server's ticket has reached the client and is no reason to wake it.
  run(client_->wait_readable(), server_->write("* 1 EXISTS\r\n"));
  EXPECT_EQ(client_->buffered(), "* 1 EXISTS\r\n");
  run(server_->wait_readable(), client_->close());
  EXPECT_EQ(kind_of([&] { run(server_->fill()); }), StreamError::Kind::kClosed);
}

TEST_F(StreamTest, DropsWhatWasInjectedBeforeTheHandshake) {
  client_sends("STARTTLS\r\nMAIL FROM:<evil@example.test>\r\n");
  EXPECT_EQ(server_line(100).text, "STARTTLS");
  EXPECT_FALSE(server_->buffered().empty());
  encrypt();
  EXPECT_TRUE(server_->buffered().empty());
  client_sends("NOOP\r\n");
  EXPECT_EQ(server_line(100).text, "NOOP");
}

TEST_F(StreamTest, RefusesSomebodyWhoDoesNotSpeakTls) {
  client_sends("EHLO plain\r\n");
  EXPECT_EQ(kind_of([&] { run(server_->handshake_server(server_side())); }),
            StreamError::Kind::kTls);
}

TEST_F(StreamTest, TheClientChecksWhoCertifiesTheServer) {
  const auto strangers = client_context();
  std::string what;
  try {
    encrypt(server_side(), strangers);
  } catch (const StreamError& error) {
    what = error.what();
  }
  EXPECT_NE(what, "");
}

TEST_F(StreamTest, TheClientChecksTheServersName) {
  StreamError::Kind kind{};
  std::string what;
  const auto handshake = [&](std::string host) {
    try {
      run(client_->handshake_client(client_side(), host));
    } catch (const StreamError& error) {
      kind = error.kind;
      what = error.what();
    }
  };
  asio::co_spawn(io_, server_->handshake_server(server_side()), [](std::exception_ptr) {});
  handshake("other.example.test");
  EXPECT_EQ(kind, StreamError::Kind::kTls);
  EXPECT_NE(what.find("not accepted: hostname mismatch"), std::string::npos) << what;
}

// Opportunistic TLS takes any certificate and knows what it is worth.
TEST_F(StreamTest, TheClientMayNoteWhoTheServerIs) {
  using Proof = ExpectedPeer::Proof;
  const auto handshake = [&](SslCtx client, const ExpectedPeer& peer) {
    connect_again();
    run(server_->handshake_server(server_side()),
        client_->handshake_client(std::move(client), peer));
    return client_->verified();
  };
  EXPECT_FALSE(client_->verified()) << "there is no TLS";
  EXPECT_TRUE(handshake(client_side(), {"localhost", {}, Proof::kNoted}));
  EXPECT_TRUE(handshake(client_side(), {"mx.test", {"other.test", "localhost"}, Proof::kNoted}));
  EXPECT_TRUE(handshake(client_side(), {"mx.test", {"127.0.0.1"}, Proof::kDemanded}));
  EXPECT_FALSE(handshake(client_side(), {"elsewhere.test", {}, Proof::kNoted}));
  EXPECT_FALSE(handshake(client_side(), {"localhost", {"elsewhere.test"}, Proof::kNoted}));
  EXPECT_FALSE(handshake(client_context(), {"localhost", {}, Proof::kNoted}));
}

TEST_F(StreamTest, AWriteInTimeHasItsTimeoutAsAWhole) {
  client_->set_timeout(Seconds(1));
  const std::string much(64U << 20, 'x');
  const auto sip = [](Stream& server) -> asio::awaitable<void> {
    asio::steady_timer timer(server.executor());
    for (int i = 0; i < 12; ++i) {
      co_await server.fill();
      server.consume(server.buffered().size());
      timer.expires_after(std::chrono::milliseconds(100));
      co_await timer.async_wait(asio::use_awaitable);
    }
  };
  EXPECT_EQ(kind_of([&] { run(client_->write_in_time(much), sip(*server_)); }),
            StreamError::Kind::kTimeout);
}

TEST_F(StreamTest, AddressesAreNamesToo) {
  run(server_->handshake_server(server_side()),
      client_->handshake_client(client_side(), "127.0.0.1"));
  EXPECT_TRUE(client_->encrypted());
}

TEST_F(StreamTest, KnowsItsPeer) {
  EXPECT_TRUE(server_->peer_is_loopback());
  EXPECT_EQ(server_->peer(), client_->local());
  EXPECT_EQ(client_->peer(), server_->local());
}

class CompressedStreamTest : public Connection {
 protected:
  void compress() {
    server_->compress();
    client_->compress();
  }
  static asio::awaitable<void> read(Stream& stream, std::size_t octets, std::string& all) {
    while (all.size() < octets) {
      if (stream.buffered().empty()) co_await stream.fill();
      all += stream.buffered();
      stream.consume(stream.buffered().size());
    }
  }
};

TEST_F(CompressedStreamTest, IsReadAsItWasWritten) {
  for (const bool encrypted : {false, true}) {
    connect_again();
    if (encrypted) encrypt();
    compress();
    for (int i = 0; i < 3; ++i) {
      client_sends("a NOOP\r\n");
      EXPECT_EQ(server_line(100).text, "a NOOP");
    }
    std::string large, all;
    for (int i = 0; i < 100'000; ++i) large += std::to_string(i) + " * FETCH\r\n";
    run(server_->write(large), read(*client_, large.size(), all));
    EXPECT_EQ(all, large);
  }
}

TEST_F(CompressedStreamTest, WhatCameWithTheCommandIsCompressed) {
  client_->compress();
  client_sends("a NOOP\r\n");
  run(server_->fill());
  server_->compress();
  EXPECT_EQ(server_line(100).text, "a NOOP");
}

TEST_F(CompressedStreamTest, WaitsForWhatCanBeRead) {
  compress();
  EXPECT_FALSE(server_->fill_if_ready());
  client_sends("abc");
  run(server_->wait_readable());
  EXPECT_EQ(server_->buffered(), "abc");
}

TEST_F(CompressedStreamTest, CanBeEnded) {
  compress();
  client_sends("one\r\n");
  EXPECT_EQ(server_line(100).text, "one");
  server_->stop_compression();
  client_->stop_compression();
  EXPECT_FALSE(server_->compressed());
  client_sends("two\r\n");
  EXPECT_EQ(server_line(100).text, "two");
}

TEST_F(CompressedStreamTest, GarbageEndsIt) {
  server_->compress();
  client_sends("a NOOP\r\n");
  EXPECT_EQ(kind_of([&] { run(server_->fill()); }), StreamError::Kind::kDeflate);
}

}  // namespace
}  // namespace tls
