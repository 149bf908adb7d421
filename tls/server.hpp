// The life of a daemon: one io_context a thread, listeners on each, SIGHUP to reload, SIGTERM and
// SIGINT to end (listeners close, sessions get `grace`, three seconds, to finish). Both daemons are
// this with a session function.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tls/listener.hpp"
#include "tls/local_socket.hpp"

namespace tls {

class Server {
 public:
  /// threads 0: one a core.
  explicit Server(unsigned threads);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Binds on every thread. A port in use throws std::runtime_error that says which and, where
  /// /proc tells, by whom.
  void listen(const std::vector<conf::Endpoint>& endpoints, SessionFunction session,
              ConnectionLimits limits);
  /// As above, counted together with whatever else listens with `count`.
  void listen(const std::vector<conf::Endpoint>& endpoints, SessionFunction session,
              std::shared_ptr<ConnectionCount> count);
  /// On a Unix socket, whose file goes when the server stops. A file that a process left behind is
  /// replaced; std::runtime_error names who listens there already.
  void listen(const LocalSocket& socket, SessionFunction session,
              std::shared_ptr<ConnectionCount> count);
  /// Where it listens by TCP, in the order of the calls and their endpoints: with the ports the
  /// kernel chose for port 0, and an entry for each address of "*".
  std::vector<asio::ip::tcp::endpoint> listening() const;
  /// Called on SIGHUP, on a thread of its own; its exceptions are logged and change nothing.
  void on_reload(std::function<void()> reload);
  /// Called once when SIGTERM or SIGINT arrives, before sessions are given `grace`.
  void on_stop(std::function<void()> stop);
  /// Whoever holds it counts as a session: the server that is told to stop gives it `grace`. Safe
  /// from every thread.
  std::shared_ptr<void> busy();
  /// The io_contexts, for what a daemon runs beside sessions.
  asio::io_context& io(unsigned thread = 0);
  unsigned threads() const;
  /// Runs until stopped. Sessions that outlive `grace` are destroyed with the Server, so it goes
  /// before what they use.
  void run();
  /// As SIGTERM does; safe from every thread.
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tls
