#include "tests/smtpd/scripted_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

namespace smtpd {

namespace {

bool wait_readable(int socket, const std::atomic<bool>& ending) {
  while (!ending) {
    pollfd poll{socket, POLLIN, 0};
    if (::poll(&poll, 1, 20) > 0) return true;
  }
  return false;
}

}  // namespace

ScriptedServer::ScriptedServer(Script script) : script_(std::move(script)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::listen(listener_, 16) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("the scripted server can't listen");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

ScriptedServer::~ScriptedServer() {
  ending_ = true;
  thread_.join();
  ::close(listener_);
}

std::vector<std::string> ScriptedServer::heard() const {
  std::lock_guard lock(mutex_);
  return heard_;
}

int ScriptedServer::count(const std::string& prefix) const {
  const std::vector<std::string> lines = heard();
  return static_cast<int>(std::count_if(lines.begin(), lines.end(), [&](const std::string& line) {
    return line.starts_with(prefix);
  }));
}

void ScriptedServer::serve() {
  while (wait_readable(listener_, ending_)) {
    const int connection = ::accept(listener_, nullptr, nullptr);
    if (connection < 0) continue;
    converse(connection);
    ::close(connection);
  }
}

void ScriptedServer::converse(int connection) {
  std::string buffer;
  bool in_data = false;
  const auto answer = [&](const std::string& command) {
    std::string reply = script_(command);
    if (reply.empty()) return false;
    for (std::size_t at = 0; (at = reply.find('\n', at)) != std::string::npos; at += 2) {
      reply.replace(at, 1, "\r\n");
    }
    in_data = reply.starts_with("354");
    reply += "\r\n";
    return ::send(connection, reply.data(), reply.size(), MSG_NOSIGNAL) > 0;
  };
  if (!answer("")) return;
  while (wait_readable(connection, ending_)) {
    char chunk[4096];
    const auto got = ::recv(connection, chunk, sizeof chunk, 0);
    if (got <= 0) return;
    buffer.append(chunk, static_cast<std::size_t>(got));
    for (std::size_t end; (end = buffer.find("\r\n")) != std::string::npos;) {
      const std::string line = buffer.substr(0, end);
      buffer.erase(0, end + 2);
      {
        std::lock_guard lock(mutex_);
        heard_.push_back(line);
      }
      if (in_data && line != ".") continue;
      if (!answer(line)) return;
    }
  }
}

std::string accept_all(const std::string& command) {
  if (command.empty()) return "220 other.test";
  if (command.starts_with("EHLO")) return "250-other.test\n250-PIPELINING\n250 DSN";
  if (command == "DATA") return "354 go on";
  if (command == "QUIT") return "221 bye";
  return "250 2.0.0 fine";
}

}  // namespace smtpd
