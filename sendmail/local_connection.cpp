#include "sendmail/local_connection.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "sendmail/exit_status.hpp"

namespace sendmail {
namespace {

// RFC 5321 §4.5.3.2.6: the longest wait of a client, after the final dot.
constexpr timeval kPatience{600, 0};

Failure unreachable(const std::filesystem::path& socket, int reason) {
  const std::string what = fmt::format("{}: {}", socket.string(), std::strerror(reason));
  if (reason == EACCES || reason == EPERM)
    return Failure(EX_NOPERM, what + "; each folder on the way must let you pass (chmod o+x)");
  return Failure(EX_TEMPFAIL, what + "; smtpd doesn't run here. Nothing was sent: try again later");
}

sockaddr_un address_of(const std::filesystem::path& socket) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = socket.string();
  if (path.size() >= sizeof address.sun_path)
    throw Failure(EX_CONFIG, path + ": too long for the path of a socket ([smtp] local)");
  path.copy(address.sun_path, path.size());
  return address;
}

}  // namespace

LocalConnection::LocalConnection(const std::filesystem::path& socket)
    : descriptor_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (descriptor_ < 0) throw Failure(EX_OSERR, std::strerror(errno));
  ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
  ::setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
  const sockaddr_un address = address_of(socket);
  if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
    return;
  const int reason = errno;
  ::close(descriptor_);
  throw unreachable(socket, reason);
}

LocalConnection::~LocalConnection() { ::close(descriptor_); }

std::string LocalConnection::read_line(std::size_t limit) {
  for (;;) {
    if (const std::size_t end = buffer_.find('\n'); end != std::string::npos) {
      std::string line = buffer_.substr(0, end);
      buffer_.erase(0, end + 1);
      if (line.ends_with('\r')) line.pop_back();
      return line;
    }
    if (buffer_.size() > limit) throw std::runtime_error("smtpd's reply is too long");
    std::array<char, 4096> octets;
    const ssize_t count = ::read(descriptor_, octets.data(), octets.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw std::runtime_error(std::strerror(errno));
    if (count == 0) throw std::runtime_error("smtpd closed the connection");
    buffer_.append(octets.data(), static_cast<std::size_t>(count));
  }
}

void LocalConnection::write(std::string_view octets) {
  while (!octets.empty()) {
    const ssize_t count = ::send(descriptor_, octets.data(), octets.size(), MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw std::runtime_error(std::strerror(errno));
    octets.remove_prefix(static_cast<std::size_t>(count));
  }
}

}  // namespace sendmail
