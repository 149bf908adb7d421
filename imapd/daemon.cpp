#include "imapd/daemon.hpp"

#include "conf/log.hpp"
#include "conf/restart.hpp"
#include "imapd/session.hpp"

namespace imapd {

namespace {

// 143: plain until STARTTLS.
asio::awaitable<void> serve_plain(Service& service, tls::Stream stream) {
  Session session(std::move(stream), service);
  co_await session.run();
}

// 993: TLS before the first word (RFC 8314 §3.2).
asio::awaitable<void> serve_tls(Service& service, tls::Stream stream) {
  stream.set_timeout(service.settings()->imap.login_timeout);
  co_await stream.handshake_server(service.tls());
  Session session(std::move(stream), service);
  co_await session.run();
}

tls::ConnectionLimits limits_of(const conf::ImapSettings& imap) {
  return {imap.max_connections, imap.max_connections_per_address, imap.limit_loopback,
          "* BYE Too many connections\r\n"};
}

}  // namespace

Daemon::Daemon(const conf::Settings& settings)
    : service_(settings),
      connections_(std::make_shared<tls::ConnectionCount>(limits_of(settings.imap))),
      server_(std::make_unique<tls::Server>(settings.threads)) {
  listen(settings);
  service_.hub().listen(server_->io());
  service_.indexer().start(server_->io());
  server_->on_reload([this, started = settings] {
    service_.reload();
    const auto now = service_.settings();
    connections_->limit(limits_of(now->imap));
    conf::start_log("imapd", now->log);
    conf::log(conf::Level::kInfo, "reloaded");
    conf::tell_of_restart("imapd", started, *now);
  });
  server_->on_stop([this] { service_.hub().stop_all(); });
}

Daemon::~Daemon() {
  service_.finish();
  server_.reset();
}

void Daemon::listen(const conf::Settings& settings) {
  const auto& imap = settings.imap;
  auto plain = [this](tls::Stream stream) { return serve_plain(service_, std::move(stream)); };
  auto tls = [this](tls::Stream stream) { return serve_tls(service_, std::move(stream)); };
  server_->listen(imap.listen, plain, connections_);
  server_->listen(imap.imaps, tls, connections_);
}

void Daemon::run() {
  conf::log(conf::Level::kInfo, "started");
  server_->run();
  service_.finish();
}

}  // namespace imapd
