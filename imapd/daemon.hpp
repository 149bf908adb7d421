// imapd as a whole: a service, listeners on every thread and what runs beside the sessions. main
// runs it; tests run it in their own process on ports the kernel chooses.
#pragma once

#include <memory>

#include "conf/settings.hpp"
#include "imapd/service.hpp"
#include "tls/server.hpp"

namespace imapd {

class Daemon {
 public:
  /// Opens the store and binds; throws what can't be used, by name.
  explicit Daemon(const conf::Settings& settings);
  ~Daemon();

  tls::Server& server() { return *server_; }
  /// Until SIGTERM, or `server().stop()`.
  void run();

 private:
  void listen(const conf::Settings& settings);

  // The server's sessions use the service, so it goes first.
  Service service_;
  const std::shared_ptr<tls::ConnectionCount> connections_;
  std::unique_ptr<tls::Server> server_;
};

}  // namespace imapd
