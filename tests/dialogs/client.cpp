#include "tests/dialogs/client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace dialogs {

Client::Client(std::uint16_t port) {
  open(AF_INET);
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  connect(reinterpret_cast<const sockaddr*>(&address), sizeof address,
          "port " + std::to_string(port));
}

Client::Client(const std::filesystem::path& socket) {
  open(AF_UNIX);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  socket.string().copy(address.sun_path, sizeof address.sun_path - 1);
  connect(reinterpret_cast<const sockaddr*>(&address), sizeof address, socket.string());
}

void Client::open(int family) {
  socket_ = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket_ < 0) throw std::runtime_error("socket: " + std::string(std::strerror(errno)));
  const timeval patience{10, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

void Client::connect(const sockaddr* address, std::size_t size, const std::string& shown) {
  if (::connect(socket_, address, static_cast<socklen_t>(size)) == 0) return;
  const std::string reason = std::strerror(errno);
  ::close(socket_);
  throw std::runtime_error("connect to " + shown + ": " + reason);
}

Client::~Client() {
  ssl_.reset();
  ::close(socket_);
}

void Client::start_tls() {
  context_.reset(SSL_CTX_new(TLS_client_method()));
  ssl_.reset(SSL_new(context_.get()));
  SSL_set_fd(ssl_.get(), socket_);
  if (SSL_connect(ssl_.get()) != 1) throw std::runtime_error("the TLS handshake failed");
}

void Client::send(std::string_view octets) {
  while (!octets.empty()) {
    const auto sent = ssl_ ? SSL_write(ssl_.get(), octets.data(), static_cast<int>(octets.size()))
                           : ::send(socket_, octets.data(), octets.size(), MSG_NOSIGNAL);
    if (sent <= 0) throw std::runtime_error("the server doesn't take what is sent");
    octets.remove_prefix(static_cast<std::size_t>(sent));
  }
}

int Client::receive(char* into, int size) {
  if (ssl_) {
    const int got = SSL_read(ssl_.get(), into, size);
    if (got > 0) return got;
    if (SSL_get_error(ssl_.get(), got) == SSL_ERROR_WANT_READ) {
      throw std::runtime_error("nothing came for ten seconds");
    }
    return 0;
  }
  const auto got = ::recv(socket_, into, static_cast<std::size_t>(size), 0);
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
    throw std::runtime_error("nothing came for ten seconds");
  }
  return got > 0 ? static_cast<int>(got) : 0;
}

std::optional<std::string> Client::read_line() {
  std::size_t end = 0;
  while ((end = buffer_.find('\n')) == std::string::npos) {
    char chunk[16384];
    const int got = receive(chunk, sizeof chunk);
    if (got == 0) return std::nullopt;
    buffer_.append(chunk, static_cast<std::size_t>(got));
  }
  const bool crlf = end > 0 && buffer_[end - 1] == '\r';
  std::string line = buffer_.substr(0, crlf ? end - 1 : end + 1);
  buffer_.erase(0, end + 1);
  return line;
}

}  // namespace dialogs
