#include "tests/smtpd/scripted_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
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

int listen_at(const sockaddr* address, socklen_t size) {
  const int listener = ::socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (::bind(listener, address, size) != 0 || ::listen(listener, 16) != 0) {
    ::close(listener);
    throw std::runtime_error("the scripted server can't listen");
  }
  return listener;
}

std::string on_the_wire(std::string reply) {
  for (std::size_t at = 0; (at = reply.find('\n', at)) != std::string::npos; at += 2) {
    reply.replace(at, 1, "\r\n");
  }
  return reply + "\r\n";
}

}  // namespace

struct ScriptedServer::Connection {
  explicit Connection(int from) : socket(from) {}
  ~Connection() {
    SSL_free(ssl);
    ::close(socket);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  bool send(const std::string& octets) const {
    const int size = static_cast<int>(octets.size());
    if (ssl != nullptr) return SSL_write(ssl, octets.data(), size) > 0;
    return ::send(socket, octets.data(), octets.size(), MSG_NOSIGNAL) > 0;
  }

  bool receive(const std::atomic<bool>& ending) {
    char chunk[4096];
    if ((ssl == nullptr || SSL_pending(ssl) == 0) && !wait_readable(socket, ending)) return false;
    const auto got = ssl != nullptr ? SSL_read(ssl, chunk, sizeof chunk)
                                    : ::recv(socket, chunk, sizeof chunk, 0);
    if (got > 0) buffer.append(chunk, static_cast<std::size_t>(got));
    return got > 0;
  }

  bool begin_tls(SSL_CTX* certificate) {
    buffer.clear();
    ssl = SSL_new(certificate);
    SSL_set_fd(ssl, socket);
    return SSL_accept(ssl) == 1;
  }

  void reset() const {
    const linger at_once{1, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  }

  int socket;
  SSL* ssl = nullptr;
  std::string buffer;
  bool in_data = false;
  std::size_t chunk = 0;  ///< octets of a BDAT that are to come
};

ScriptedServer::ScriptedServer(Script script, Certificate certificate)
    : script_(std::move(script)), certificate_(std::move(certificate)) {
  listen("127.0.0.1", 0);
}

ScriptedServer::ScriptedServer(Script script, const std::string& address, std::uint16_t port)
    : script_(std::move(script)) {
  listen(address, port);
}

void ScriptedServer::listen(const std::string& at, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  ::inet_pton(AF_INET, at.c_str(), &address.sin_addr);
  socklen_t size = sizeof address;
  listener_ = listen_at(reinterpret_cast<const sockaddr*>(&address), size);
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

ScriptedServer::ScriptedServer(Script script, const std::filesystem::path& socket)
    : script_(std::move(script)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, socket.c_str(), sizeof address.sun_path - 1);
  listener_ = listen_at(reinterpret_cast<const sockaddr*>(&address), sizeof address);
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

void ScriptedServer::hear(const std::string& line) {
  std::lock_guard lock(mutex_);
  heard_.push_back(line);
}

void ScriptedServer::serve() {
  while (wait_readable(listener_, ending_)) {
    const int accepted = ::accept(listener_, nullptr, nullptr);
    if (accepted < 0) continue;
    // Replies in small pieces must not wait for the client's acknowledgements.
    const int no_delay = 1;
    ::setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &no_delay, sizeof no_delay);
    Connection connection(accepted);
    converse(connection);
  }
}

void ScriptedServer::converse(Connection& connection) {
  if (!answer(connection, "")) return;
  while (connection.receive(ending_)) {
    for (;;) {
      const std::size_t taken = std::min(connection.chunk, connection.buffer.size());
      if (taken > 0) {
        hear(connection.buffer.substr(0, taken));
        connection.buffer.erase(0, taken);
        connection.chunk -= taken;
        if (connection.chunk == 0 && !answer(connection, "BDAT")) return;
        continue;
      }
      const std::size_t end = connection.buffer.find("\r\n");
      if (end == std::string::npos) break;
      const std::string line = connection.buffer.substr(0, end);
      connection.buffer.erase(0, end + 2);
      if (!take_line(connection, line)) return;
    }
  }
}

bool ScriptedServer::take_line(Connection& connection, const std::string& line) {
  hear(line);
  if (connection.in_data && line != ".") return true;
  if (line.starts_with("BDAT ")) {
    connection.chunk = static_cast<std::size_t>(std::atol(line.c_str() + 5));
    return connection.chunk > 0 || answer(connection, "BDAT");
  }
  return answer(connection, line);
}

void ScriptedServer::pretend_to_read() const {
  while (!ending_) std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

bool ScriptedServer::answer(Connection& connection, const std::string& command) {
  const std::string reply = script_(command);
  if (reply == kHangUp) return false;
  if (reply == kReset) {
    connection.reset();
    return false;
  }
  if (reply == kSilence) return true;
  if (reply == kDribble) {
    while (!ending_ && connection.send("2"))
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return false;
  }
  if (reply == kDeaf || reply == kRefuseEarly) {
    connection.send(on_the_wire("354 go on"));
    if (reply == kDeaf) pretend_to_read();
    return reply == kRefuseEarly && connection.receive(ending_) &&
           connection.send(on_the_wire("552 5.3.4 Too much")) && false;
  }
  connection.in_data = command == "DATA" && reply.starts_with("354");
  if (!connection.send(on_the_wire(reply))) return false;
  const bool handshake = command == "STARTTLS" && reply.starts_with("220") && certificate_;
  return !handshake || connection.begin_tls(certificate_.get());
}

std::string accept_all(const std::string& command) {
  if (command.empty()) return "220 other.test";
  if (command.starts_with("EHLO")) return "250-other.test\n250-PIPELINING\n250 DSN";
  if (command == "DATA") return "354 go on";
  if (command == "QUIT") return "221 bye";
  return "250 2.0.0 fine";
}

}  // namespace smtpd
