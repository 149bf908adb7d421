#include "sendmail/session.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace sendmail {
namespace {

enum class Moved { kSome, kEnd, kFailed };

bool write_all(int to, const char* octets, std::size_t count) {
  while (count > 0) {
    const ssize_t written = ::write(to, octets, count);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    octets += written;
    count -= static_cast<std::size_t>(written);
  }
  return true;
}

Moved move(int from, int to) {
  std::array<char, 65536> octets;
  const ssize_t count = ::read(from, octets.data(), octets.size());
  if (count < 0) return errno == EINTR || errno == EAGAIN ? Moved::kSome : Moved::kFailed;
  if (count == 0) return Moved::kEnd;
  return write_all(to, octets.data(), static_cast<std::size_t>(count)) ? Moved::kSome
                                                                       : Moved::kFailed;
}

}  // namespace

int pass_on(LocalConnection& connection, int in, int out) {
  pollfd ends[] = {{in, POLLIN, 0}, {connection.descriptor(), POLLIN, 0}};
  for (;;) {
    if (::poll(ends, 2, -1) < 0 && errno != EINTR) return EX_OSERR;
    if (ends[1].revents != 0) {
      const Moved moved = move(connection.descriptor(), out);
      if (moved != Moved::kSome) return moved == Moved::kEnd ? EX_OK : EX_IOERR;
    }
    if (ends[0].revents == 0) continue;
    const Moved moved = move(in, connection.descriptor());
    if (moved == Moved::kSome) continue;
    ::shutdown(connection.descriptor(), SHUT_WR);
    ends[0].fd = -1;  // poll passes over it
  }
}

}  // namespace sendmail
