// smtpd as a whole: store and queue opened, those who deliver set up, listeners bound. What is made
// here lives until the daemon ends; the order of the members is the order in which they may need
// each other. The threads: one a core for sessions, pools for deliveries, logins and reading
// the queue, libunbound's, and the queue's committer.
#pragma once

#include <memory>
#include <vector>

#include "conf/settings.hpp"
#include "mailstore/history.hpp"
#include "mailstore/queue.hpp"
#include "mailstore/queue_bell.hpp"
#include "mailstore/store.hpp"
#include "smtpd/deliver.hpp"
#include "smtpd/dispatch.hpp"
#include "smtpd/forward.hpp"
#include "smtpd/relay.hpp"
#include "smtpd/resolver.hpp"
#include "smtpd/session.hpp"
#include "smtpd/sync.hpp"
#include "tls/server.hpp"

namespace smtpd {

class Daemon {
 public:
  /// Opens everything and binds the ports. Throws with a reason a person can act on: StoreError,
  /// also when another smtpd has the queue; std::runtime_error for certificates and ports.
  explicit Daemon(const conf::Settings& settings);
  ~Daemon();
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  /// Until SIGTERM, SIGINT or stop().
  void run();
  /// Safe from every thread.
  void stop();
  /// Ports in the order mx, submission, submissions, lmtp, as bound.
  std::vector<std::uint16_t> ports() const;

 private:
  void listen(const conf::Settings& settings);
  void listen_to_programs(const conf::Settings& settings);
  void reload();
  asio::awaitable<void> sweep_forever();
  asio::awaitable<void> tidy_forever();
  asio::awaitable<void> listen_for_bell();

  const conf::Settings settings_;  ///< as they were at the start
  mailstore::Store store_;
  const Forwarder forwarder_;
  Sessions sessions_;
  const std::shared_ptr<tls::ConnectionCount> connections_;
  tls::Server server_;
  asio::steady_timer sweep_pause_;
  Resolver resolver_;
  mailstore::History history_;
  std::unique_ptr<mailstore::Queue> queue_;
  mailstore::QueueBell bell_;
  std::unique_ptr<tls::WorkerPool> logins_, queue_readers_, deliveries_;
  std::unique_ptr<Dispatch> dispatch_;
  std::unique_ptr<Relay> relay_;
  std::unique_ptr<Sync> sync_;
  std::unique_ptr<Room> room_;
  std::unique_ptr<Deliver> deliver_;
  std::unique_ptr<Service> service_;
};

/// What --check-config does beyond reading the settings: the certificate and key are there and fit,
/// and so do what DNS trusts, the relay's CAs and its passwords.
void check(const conf::Settings& settings);

/// Runs a Daemon until it is told to end.
void serve(const conf::Settings& settings);

}  // namespace smtpd
