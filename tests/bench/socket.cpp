#include "tests/bench/socket.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace bench {

namespace {
[[noreturn]] void fail(const char* what) {
  throw std::runtime_error(std::string(what) + ": " + std::strerror(errno));
}
}  // namespace

Socket::Socket(std::uint16_t port) : descriptor_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (descriptor_ < 0) fail("socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
    fail("connect");
  const int on = 1;
  setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Socket::~Socket() {
  if (descriptor_ >= 0) close(descriptor_);
}

Socket::Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

void Socket::set_nonblocking() {
  if (fcntl(descriptor_, F_SETFL, O_NONBLOCK) != 0) fail("fcntl");
}

void Socket::write(std::string_view octets) {
  while (!octets.empty()) {
    const auto sent = send(descriptor_, octets.data(), octets.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      octets.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN) {
      pollfd writable{descriptor_, POLLOUT, 0};
      poll(&writable, 1, -1);
    } else {
      fail("send");
    }
  }
}

void Socket::read_into(std::string& buffer) {
  std::array<char, 4096> octets;
  const auto count = recv(descriptor_, octets.data(), octets.size(), 0);
  if (count > 0) {
    buffer.append(octets.data(), static_cast<std::size_t>(count));
  } else if (count == 0) {
    throw std::runtime_error("the server closed the connection");
  } else if (errno != EAGAIN && errno != EINTR) {
    fail("recv");
  }
}

}  // namespace bench
