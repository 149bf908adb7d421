// One logged-in IMAP connection that tells how many messages an INBOX has. Opened before the clock
// starts, so that the measurement holds no logins; asks nothing while the load runs.
#pragma once

#include <cstddef>
#include <string>

#include "tests/bench/socket.hpp"

namespace bench {

class MailboxWatch {
 public:
  MailboxWatch(std::uint16_t port, const std::string& login, const std::string& password);
  /// STATUS INBOX (MESSAGES).
  std::size_t messages();

 private:
  /// Sends a command and returns all up to its tagged OK; throws std::runtime_error on NO and BAD.
  std::string command(const std::string& text);

  Socket socket_;
};

}  // namespace bench
