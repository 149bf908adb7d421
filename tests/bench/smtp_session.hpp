// One SMTP session that sends message after message, with MAIL, RCPT and DATA pipelined as a server
// that relays mail does (RFC 2920). It never waits: the caller polls its socket and calls
// `advance`.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "tests/bench/socket.hpp"

namespace bench {

struct Letter {
  std::string recipient;
  std::string content;  ///< with its closing CRLF.CRLF
};

class SmtpSession {
 public:
  /// `next` hands out letters until there are no more.
  SmtpSession(std::uint16_t port, std::function<std::optional<Letter>()> next);

  int descriptor() const { return socket_.descriptor(); }
  /// Reads what has come and answers it; throws std::runtime_error on a reply that isn't expected.
  void advance();
  bool finished() const { return finished_; }
  std::size_t accepted() const { return accepted_; }

 private:
  void reply(std::string_view line);
  void send_next();

  Socket socket_;
  std::function<std::optional<Letter>()> next_;
  std::optional<Letter> letter_;
  std::string buffer_;
  enum class Awaits { kGreeting, kEhlo, kMail, kRcpt, kData, kAccepted, kQuit } awaits_{};
  std::size_t accepted_ = 0;
  bool finished_ = false;
};

}  // namespace bench
