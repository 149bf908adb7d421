#include "sendmail/session.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <optional>
#include <string>

namespace sendmail {
namespace {

enum class Moved { kSome, kEnd, kFailed };

bool write_all(int to, std::string_view octets) {
  while (!octets.empty()) {
    const ssize_t written = ::write(to, octets.data(), octets.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    octets.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// The custom of one side, as its first line shows it.
class LineEnds {
 public:
  std::string to_crlf(std::string_view octets) {
    std::string lines;
    for (const char c : octets) {
      if (c == '\n' && !custom_) custom_ = last_ == '\r' ? Custom::kCrlf : Custom::kLf;
      if (c == '\n' && last_ != '\r' && custom_ == Custom::kLf) lines += '\r';
      lines += last_ = c;
    }
    return lines;
  }

 private:
  enum class Custom { kCrlf, kLf };
  std::optional<Custom> custom_;
  char last_ = '\0';
};

Moved move(int from, int to, LineEnds& ends) {
  std::array<char, 65536> octets;
  const ssize_t count = ::read(from, octets.data(), octets.size());
  if (count < 0) return errno == EINTR || errno == EAGAIN ? Moved::kSome : Moved::kFailed;
  if (count == 0) return Moved::kEnd;
  const std::string lines = ends.to_crlf({octets.data(), static_cast<std::size_t>(count)});
  return write_all(to, lines) ? Moved::kSome : Moved::kFailed;
}

}  // namespace

int pass_on(LocalConnection& connection, int in, int out) {
  LineEnds said, answered;
  pollfd ends[] = {{in, POLLIN, 0}, {connection.descriptor(), POLLIN, 0}};
  for (;;) {
    if (::poll(ends, 2, -1) < 0 && errno != EINTR) return EX_OSERR;
    if (ends[1].revents != 0) {
      const Moved moved = move(connection.descriptor(), out, answered);
      if (moved != Moved::kSome) return moved == Moved::kEnd ? EX_OK : EX_IOERR;
    }
    if (ends[0].revents == 0) continue;
    const Moved moved = move(in, connection.descriptor(), said);
    if (moved == Moved::kSome) continue;
    ::shutdown(connection.descriptor(), SHUT_WR);
    ends[0].fd = -1;  // poll passes over it
  }
}

}  // namespace sendmail
