// Another mail server, as its replies describe it: answers each command as a function says, keeps
// what it heard, takes any number of connections one after the other. Over TCP or a Unix socket;
// with a certificate it can do TLS, and it can be as broken as a peer gets.
#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace smtpd {

/// Replies that are none.
inline constexpr const char* kHangUp = "";          ///< an orderly end
inline constexpr const char* kReset = "\x01reset";  ///< the end, without manners
inline constexpr const char* kSilence = "\x01silence";
inline constexpr const char* kDeaf =
    "\x01"
    "deaf";  ///< to DATA: 354, and nothing is read any more
/// To DATA: 354, and a refusal and the end before the message is there.
inline constexpr const char* kRefuseEarly = "\x01refuse";
inline constexpr const char* kDribble = "\x01dribble";  ///< a digit now and then, never a line

class ScriptedServer {
 public:
  /// The reply to a command line, without CRLF; lines of it are separated by "\n". For the greeting
  /// the command is "", for a message's end it is "."; a BDAT is answered when its octets are
  /// there. "220..." to STARTTLS begins a handshake.
  using Script = std::function<std::string(const std::string& command)>;
  using Certificate = std::shared_ptr<SSL_CTX>;

  explicit ScriptedServer(Script script, Certificate certificate = nullptr);
  ScriptedServer(Script script, const std::filesystem::path& socket);
  /// At another address of this machine than 127.0.0.1.
  ScriptedServer(Script script, const std::string& address, std::uint16_t port);
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  std::uint16_t port() const { return port_; }
  std::vector<std::string> heard() const;
  /// How often a command that begins so was heard.
  int count(const std::string& prefix) const;

 private:
  struct Connection;

  void listen(const std::string& address, std::uint16_t port);
  void serve();
  void converse(Connection& connection);
  bool answer(Connection& connection, const std::string& command);
  bool take_line(Connection& connection, const std::string& line);
  void hear(const std::string& line);
  void pretend_to_read() const;

  Script script_;
  Certificate certificate_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> ending_ = false;
  mutable std::mutex mutex_;
  std::vector<std::string> heard_;
  std::thread thread_;
};

/// Says yes to everything.
std::string accept_all(const std::string& command);

}  // namespace smtpd
