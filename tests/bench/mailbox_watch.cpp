#include "tests/bench/mailbox_watch.hpp"

#include <stdexcept>

namespace bench {

MailboxWatch::MailboxWatch(std::uint16_t port, const std::string& login,
                           const std::string& password)
    : socket_(port) {
  std::string greeting;
  while (greeting.find('\n') == std::string::npos) socket_.read_into(greeting);
  command("LOGIN " + login + " " + password);
}

std::size_t MailboxWatch::messages() {
  const auto answer = command("STATUS INBOX (MESSAGES)");
  static constexpr std::string_view kItem = "(MESSAGES ";
  const auto found = answer.find(kItem);
  if (found == std::string::npos) throw std::runtime_error("no STATUS in " + answer);
  return std::stoul(answer.substr(found + kItem.size()));
}

std::string MailboxWatch::command(const std::string& text) {
  socket_.write("a " + text + "\r\n");
  std::string answer;
  for (;;) {
    socket_.read_into(answer);
    if (!answer.ends_with("\r\n")) continue;
    const auto last = answer.rfind("\r\n", answer.size() - 3);
    const auto line = std::string_view(answer).substr(last == std::string::npos ? 0 : last + 2);
    if (line.starts_with("a OK")) return answer;
    if (line.starts_with("a ")) throw std::runtime_error(std::string(line));
  }
}

}  // namespace bench
