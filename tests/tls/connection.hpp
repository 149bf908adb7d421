// Two ends of a real connection on loopback, certificates made once, and a loop that runs their
// dialogue to its end.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <optional>

#include "tests/temporary_folder.hpp"
#include "tls/context.hpp"
#include "tls/stream.hpp"

namespace tls {

/// Certificates for localhost, 127.0.0.1 and ::1, the same for all tests of the program.
inline const tests::TemporaryFolder& certificates() {
  static const tests::TemporaryFolder folder;
  static const bool made =
      (make_certificates(folder.path(), {"localhost", "127.0.0.1", "::1"}), true);
  static_cast<void>(made);
  return folder;
}

inline SslCtx server_side(std::vector<std::string> alpn = {}) {
  return ServerContext(certificates() / "cert.pem", certificates() / "key.pem", std::move(alpn))
      .current();
}

inline SslCtx client_side() { return client_context(certificates() / "ca.pem"); }

class Connection : public testing::Test {
 protected:
  using tcp = asio::ip::tcp;

  Connection() { connect_again(); }

  /// A fresh pair of ends.
  void connect_again() {
    tcp::acceptor acceptor(io_, {asio::ip::address_v4::loopback(), 0});
    tcp::socket near(io_);
    near.connect(acceptor.local_endpoint());
    server_.emplace(acceptor.accept());
    client_.emplace(std::move(near));
    server_->set_timeout(Seconds(10));
    client_->set_timeout(Seconds(10));
  }

  /// Runs all coroutines given to their ends; the first exception that one lets out is thrown here.
  template <class... Coroutines>
  void run(Coroutines... coroutines) {
    std::exception_ptr failure;
    std::size_t going = sizeof...(coroutines);
    const auto note = [&](std::exception_ptr error) {
      --going;
      if (error && !failure) failure = error;
    };
    (asio::co_spawn(io_, std::move(coroutines), note), ...);
    io_.restart();
    while (going > 0) io_.run_one();
    if (failure) std::rethrow_exception(failure);
  }

  /// Both ends upgraded.
  void encrypt(SslCtx server = server_side(), SslCtx client = client_side()) {
    run(server_->handshake_server(std::move(server)),
        client_->handshake_client(std::move(client), "localhost"));
  }

  Line server_line(std::size_t limit) {
    Line line;
    run(read_line_of(*server_, limit, line));
    return line;
  }

  void client_sends(const std::string& octets) { run(client_->write(octets)); }

  static asio::awaitable<void> read_line_of(Stream& stream, std::size_t limit, Line& line) {
    line = co_await stream.read_line(limit);
  }

  asio::io_context io_;
  std::optional<Stream> server_, client_;
};

}  // namespace tls
