#include "tests/sendmail/scripted_smtpd.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdio>
#include <stdexcept>

namespace sendmail {

namespace {

Replies usual_replies() {
  return {{"greeting", "220 mail.example.test ESMTP\r\n"},
          {"EHLO",
           "250-mail.example.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n"
           "250-DSN\r\n250 ENHANCEDSTATUSCODES\r\n"},
          {"MAIL", "250 2.1.0 Ok\r\n"},
          {"RCPT", "250 2.1.5 Ok\r\n"},
          {"DATA", "354 Go on\r\n"},
          {".", "250 2.0.0 Queued as e1-1\r\n"},
          {"QUIT", "221 2.0.0 Bye\r\n"}};
}

}  // namespace

ScriptedSmtpd::ScriptedSmtpd(Replies replies)
    : replies_(std::move(replies)), listening_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  replies_.merge(usual_replies());
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  socket().string().copy(address.sun_path, sizeof address.sun_path - 1);
  if (::bind(listening_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listening_, 1) != 0)
    throw std::runtime_error("no socket");
  thread_ = std::thread([this] { serve(); });
}

ScriptedSmtpd::~ScriptedSmtpd() {
  ::shutdown(listening_, SHUT_RDWR);
  if (thread_.joinable()) thread_.join();
  ::close(listening_);
}

std::vector<std::string> ScriptedSmtpd::commands() {
  if (thread_.joinable()) thread_.join();
  return commands_;
}

std::string ScriptedSmtpd::message() {
  if (thread_.joinable()) thread_.join();
  return message_;
}

std::string ScriptedSmtpd::reply_to(const std::string& line) const {
  std::string best, reply = "500 5.5.2 What?\r\n";
  for (const auto& [command, answer] : replies_) {
    if (!line.starts_with(command) || command.size() < best.size()) continue;
    best = command;
    reply = answer;
  }
  return reply;
}

void ScriptedSmtpd::serve() {
  const int peer = ::accept(listening_, nullptr, nullptr);
  if (peer < 0) return;
  FILE* stream = ::fdopen(peer, "r+");
  const auto say = [&](const std::string& reply) {
    return !reply.empty() && ::write(peer, reply.data(), reply.size()) > 0;
  };
  bool in_message = false, goes_on = say(replies_.at("greeting"));
  char* line = nullptr;
  std::size_t size = 0;
  for (ssize_t count; goes_on && (count = ::getline(&line, &size, stream)) > 0;) {
    const std::string text(line, static_cast<std::size_t>(count));
    if (in_message && text != ".\r\n") {
      message_ += text.starts_with('.') ? text.substr(1) : text;
      continue;
    }
    const std::string command = text.substr(0, text.find('\r'));
    if (!in_message) commands_.push_back(command);
    const std::string reply = reply_to(command);
    goes_on = say(reply) && command != "QUIT";
    in_message = !in_message && reply.starts_with("354");
  }
  ::free(line);
  ::fclose(stream);
}

}  // namespace sendmail
