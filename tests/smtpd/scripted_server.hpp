// Another mail server, as its replies describe it: answers each command as a function says, keeps
// what it heard, takes any number of connections one after the other. Plain text only.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace smtpd {

class ScriptedServer {
 public:
  /// The reply to a command line, without CRLF; lines of it are separated by "\n". "" hangs up. For
  /// the greeting the command is "", for a message's end it is ".".
  using Script = std::function<std::string(const std::string& command)>;

  explicit ScriptedServer(Script script);
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  std::uint16_t port() const { return port_; }
  std::vector<std::string> heard() const;
  /// How often a command that begins so was heard.
  int count(const std::string& prefix) const;

 private:
  void serve();
  void converse(int connection);

  Script script_;
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
