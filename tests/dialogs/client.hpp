// The client of the dialogues: one blocking connection, plain or TLS, that reads lines and never
// waits longer than ten seconds. It verifies nothing: what is under test is the server.
#pragma once

#include <openssl/ssl.h>
#include <sys/socket.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace dialogs {

class Client {
 public:
  /// Connects to the port on 127.0.0.1.
  explicit Client(std::uint16_t port);
  /// Connects to a Unix socket.
  explicit Client(const std::filesystem::path& socket);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void start_tls();
  void send(std::string_view octets);
  /// The next line without its CRLF; nullopt when the server closed. A line that ends in a bare LF
  /// keeps it visible as "\n" at its end.
  std::optional<std::string> read_line();

 private:
  void open(int family);
  void connect(const sockaddr* address, std::size_t size, const std::string& shown);
  int receive(char* into, int size);

  int socket_ = -1;
  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_{nullptr, SSL_CTX_free};
  std::unique_ptr<SSL, void (*)(SSL*)> ssl_{nullptr, SSL_free};
  std::string buffer_;
};

}  // namespace dialogs
