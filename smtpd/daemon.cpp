#include "smtpd/daemon.hpp"

#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

#include "conf/log.hpp"

namespace smtpd {

namespace {

// Deliveries wait for syncs most of the time, so more of them than cores run side by side.
constexpr unsigned kDeliveryThreads = 4;
constexpr unsigned kNameThreads = 4;

std::int64_t seconds_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string random_seed() {
  std::random_device random;
  std::string seed;
  for (int i = 0; i < 32; ++i) seed += static_cast<char>(random());
  return seed;
}

tls::ConnectionLimits limits_of(const conf::Settings& settings) {
  return {settings.smtp.max_connections, settings.smtp.max_connections_per_address,
          settings.smtp.limit_loopback,
          "421 4.7.0 " + settings.hostname + " has too many connections; try again later\r\n"};
}

}  // namespace

Daemon::Daemon(const conf::Settings& settings)
    : settings_file_(settings.file),
      store_(settings, mailstore::ChangeFeed::Mode::kRingOnly),
      certificates_(settings.tls.certificate, settings.tls.key, {}),
      connections_(std::make_shared<tls::ConnectionCount>(limits_of(settings))),
      server_(settings.threads),
      queue_(std::make_unique<mailstore::Queue>(settings.data, settings.store.inline_limit)),
      logins_(std::make_unique<tls::WorkerPool>(std::max(1u, std::thread::hardware_concurrency()))),
      names_(std::make_unique<tls::WorkerPool>(kNameThreads)),
      deliveries_(std::make_unique<tls::WorkerPool>(kDeliveryThreads)) {
  mailstore::Directory& directory = store_.directory();
  const auto resolve = [&directory](const mail::Address& address) {
    return directory.resolve(address);
  };
  const Settle settle = [this](std::vector<Attempt> attempts) {
    dispatch_->settle(std::move(attempts));
  };
  const Deliver::Finished finished = [this](const std::vector<std::string>& ids) {
    return queue_->finished(ids);
  };
  sync_ = std::make_unique<Sync>(
      [this](mailstore::AccountId account) { return store_.account_folder(account); }, settle);
  deliver_ = std::make_unique<Deliver>(
      store_, *deliveries_,
      [this](std::vector<Attempt> attempts) { sync_->take(std::move(attempts)); }, finished);
  relay_ = std::make_unique<Relay>(
      server_.io(), *names_, settings,
      Relay::Ways{[this](const std::string& domain) { return resolver_.find_mx(domain); }, 25},
      settle);
  dispatch_ = std::make_unique<Dispatch>(
      *queue_, settings,
      Dispatch::Outlets{[this](Job job) { deliver_->take(std::move(job)); },
                        [this](Message message, std::vector<Job> jobs) {
                          relay_->take(std::move(message), std::move(jobs));
                        },
                        [this](mailstore::AccountId account, std::string delivery_id) {
                          deliver_->forget(account, std::move(delivery_id));
                        },
                        resolve});
  const auto may_send_as = [&directory](mailstore::AccountId account, const mail::Address& sender) {
    return directory.may_send_as(account, sender);
  };
  service_.reset(new Service{std::make_shared<const Policy>(make_policy(settings)), *queue_,
                             *dispatch_,
                             Authority{directory, *logins_, settings.domain, random_seed()},
                             certificates_, sessions_, Lookups{resolve, may_send_as}});
  listen(settings);
}

void Daemon::listen(const conf::Settings& settings) {
  const auto open = [&](const std::vector<conf::Endpoint>& endpoints, Port port) {
    server_.listen(
        endpoints,
        [this, port](tls::Stream stream) {
          return smtpd::serve(std::move(stream), *service_, port);
        },
        connections_);
  };
  open(settings.smtp.listen, {Role::kMx, Port::Tls::kByCommand});
  open(settings.smtp.submission, {Role::kSubmission, Port::Tls::kByCommand});
  open(settings.smtp.submissions, {Role::kSubmission, Port::Tls::kFromStart});
  server_.on_reload([this] { reload(); });
  server_.on_stop([this] { sessions_.stop(); });
  asio::co_spawn(server_.io(), sweep_forever(), asio::detached);
}

// What works is stopped before what it works with: then the last commits still find their sessions'
// loops, and the server, destroyed after this, takes the sessions' frames along.
Daemon::~Daemon() {
  dispatch_->stop();
  deliver_->stop();
  names_.reset();
  logins_.reset();
  deliveries_.reset();
  sync_.reset();
  queue_.reset();
}

void Daemon::run() { server_.run(); }

void Daemon::stop() { server_.stop(); }

std::vector<std::uint16_t> Daemon::ports() const {
  std::vector<std::uint16_t> ports;
  for (const auto& endpoint : server_.listening()) ports.push_back(endpoint.port());
  return ports;
}

// New sessions see the new settings; what listens where and where mail lies takes a restart.
void Daemon::reload() {
  const conf::Settings settings = conf::load_settings(settings_file_);
  certificates_.reload();
  conf::start_log("smtpd", settings.log);
  service_->policy.store(std::make_shared<const Policy>(make_policy(settings)));
  connections_->limit(limits_of(settings));
  dispatch_->change(settings.relay);
  relay_->change(settings.relay);
  conf::log(conf::Level::kInfo, "reloaded", {{"settings", settings_file_.string()}});
}

asio::awaitable<void> Daemon::sweep_forever() {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  for (;;) {
    try {
      const std::function<std::int64_t()> sweep = [this] {
        return dispatch_->sweep(seconds_now());
      };
      co_await names_->run(0, sweep);
    } catch (const std::exception& error) {
      conf::log(conf::Level::kError, "sweep_failed", {{"reason", error.what()}});
    }
    timer.expires_after(std::chrono::seconds(1));
    co_await timer.async_wait(asio::use_awaitable);
  }
}

void check(const conf::Settings& settings) {
  const tls::ServerContext certificates(settings.tls.certificate, settings.tls.key, {});
}

void serve(const conf::Settings& settings) {
  Daemon daemon(settings);
  conf::log(conf::Level::kInfo, "ready", {{"hostname", settings.hostname}});
  daemon.run();
}

}  // namespace smtpd
