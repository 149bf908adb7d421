#include "tests/bench/smtp_session.hpp"

#include <stdexcept>
#include <utility>

namespace bench {

SmtpSession::SmtpSession(std::uint16_t port, std::function<std::optional<Letter>()> next)
    : socket_(port), next_(std::move(next)) {
  socket_.set_nonblocking();
}

void SmtpSession::advance() {
  socket_.read_into(buffer_);
  std::size_t begin = 0;
  for (auto end = buffer_.find('\n'); end != std::string::npos; end = buffer_.find('\n', begin)) {
    const auto line = std::string_view(buffer_).substr(begin, end - begin);
    begin = end + 1;
    if (line.size() > 3 && line[3] == '-') continue;  // more lines of the same reply follow
    reply(line);
  }
  buffer_.erase(0, begin);
}

void SmtpSession::reply(std::string_view line) {
  static constexpr std::string_view kExpected[] = {"220", "250", "250", "250", "354", "250", "221"};
  if (line.substr(0, 3) != kExpected[static_cast<int>(awaits_)])
    throw std::runtime_error("unexpected reply: " + std::string(line));
  switch (awaits_) {
    case Awaits::kGreeting:
      awaits_ = Awaits::kEhlo;
      return socket_.write("EHLO load.example.net\r\n");
    case Awaits::kMail: awaits_ = Awaits::kRcpt; return;
    case Awaits::kRcpt: awaits_ = Awaits::kData; return;
    case Awaits::kData: awaits_ = Awaits::kAccepted; return socket_.write(letter_->content);
    case Awaits::kAccepted: ++accepted_; return send_next();
    case Awaits::kEhlo: return send_next();
    case Awaits::kQuit: finished_ = true;
  }
}

void SmtpSession::send_next() {
  letter_ = next_();
  if (!letter_) {
    awaits_ = Awaits::kQuit;
    return socket_.write("QUIT\r\n");
  }
  awaits_ = Awaits::kMail;
  socket_.write("MAIL FROM:<load@example.net>\r\nRCPT TO:<" + letter_->recipient + ">\r\nDATA\r\n");
}

}  // namespace bench
