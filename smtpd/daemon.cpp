#include "smtpd/daemon.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

#include "conf/log.hpp"
#include "conf/restart.hpp"
#include "conf/value_error.hpp"
#include "mailstore/domain_file.hpp"
#include "smtpd/now.hpp"
#include "smtpd/socket_folder.hpp"
#include "smtpd/unbound_setup.hpp"
#include "smtpd/wait_until.hpp"

namespace smtpd {

namespace {

// Deliveries wait for syncs most of the time, so more of them than cores run side by side.
constexpr unsigned kDeliveryThreads = 4;
// One for the sweep and what it finds that is not tried, one for reading what is.
constexpr unsigned kReaderThreads = 2;
constexpr std::uint64_t kSweeper = 0;  // its jobs' key
constexpr std::chrono::seconds kTidyInterval{1};
constexpr std::chrono::seconds kLongestUntidy{9};  // beyond that, while all connections are taken

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

std::shared_ptr<const tls::ServerContext> certificates_of(const conf::TlsSettings& tls) {
  return std::make_shared<const tls::ServerContext>(tls.certificate, tls.key,
                                                    std::vector<std::string>{});
}

/// What mail for elsewhere takes beyond the settings: throws conf::ValueError when it isn't there.
void check_way_out(const conf::Settings& settings) {
  open_unbound(settings.dns);
  tls::client_context(settings.relay.ca);
  check_passwords(settings.relay);
}

void tell_of_dns(const conf::DnsSettings& dns) {
  const std::string keys = trust_anchor_of(dns).string();
  conf::log(conf::Level::kInfo, "dns",
            {{"mode", dns.mode}, {"trust_anchor", keys.empty() ? "none" : keys}});
}

}  // namespace

Daemon::Daemon(const conf::Settings& settings)
    : settings_(settings),
      store_(settings, mailstore::ChangeFeed::Mode::kRingOnly),
      forwarder_(store_.directory()),
      connections_(std::make_shared<tls::ConnectionCount>(limits_of(settings))),
      server_(settings.threads),
      sweep_pause_(server_.io()),
      resolver_(server_.io(), settings.dns,
                {[this] { return service_->policy.load()->hostname; },
                 [this] { return server_.listening(); }}),
      history_(settings.data, settings.history.keep),
      queue_(std::make_unique<mailstore::Queue>(settings.data, settings.store.inline_limit)),
      bell_(settings.data),
      logins_(std::make_unique<tls::WorkerPool>(std::max(1u, std::thread::hardware_concurrency()))),
      queue_readers_(std::make_unique<tls::WorkerPool>(kReaderThreads)),
      deliveries_(std::make_unique<tls::WorkerPool>(kDeliveryThreads, tls::Haste::kPatient)) {
  mailstore::Directory& directory = store_.directory();
  const Remember remember = [this](mailstore::Step step) { history_.add(std::move(step)); };
  const auto resolve = [this](const mail::Address& address) {
    return forwarder_.resolve(address, seconds_now());
  };
  const Settle settle = [this](std::vector<Attempt> attempts) {
    dispatch_->settle(std::move(attempts));
  };
  const Deliver::Finished finished = [this](const std::vector<std::string>& ids) {
    return queue_->finished(ids);
  };
  sync_ = std::make_unique<Sync>(
      [this](mailstore::AccountId account) { return store_.account_folder(account); }, settle);
  room_ = std::make_unique<Room>(store_, *deliveries_, settings.quota);
  deliver_ = std::make_unique<Deliver>(
      store_, *deliveries_,
      [this](std::vector<Attempt> attempts) { sync_->take(std::move(attempts)); }, finished,
      *room_);
  Relay::Ways ways;
  ways.find_route = [this](std::string domain) { return resolver_.find_route(std::move(domain)); };
  ways.find_host = [this](std::string host) { return resolver_.find_host(std::move(host)); };
  ways.open = [this](const std::vector<Parcel>& parcels) { return dispatch_->open(parcels); };
  ways.sender = [this](const mailstore::QueuedMessage& message,
                       const mailstore::QueuedRecipient& recipient) {
    return forwarder_.sender(message, recipient, seconds_now());
  };
  ways.busy = [this] { return server_.busy(); };
  ways.let_go = [this](const Parcel& parcel) { dispatch_->let_go(parcel); };
  relay_ =
      std::make_unique<Relay>(server_.io(), *queue_readers_, settings, std::move(ways), settle);
  dispatch_ = std::make_unique<Dispatch>(
      *queue_, settings,
      Dispatch::Outlets{
          [this](Job job) { deliver_->take(std::move(job)); },
          [this](Message message, std::vector<Job> jobs) {
            relay_->take(std::move(message), std::move(jobs));
          },
          [this](mailstore::AccountId account, std::string delivery_id) {
            deliver_->forget(account, std::move(delivery_id));
          },
          resolve,
          [this](std::vector<mailstore::DueRecipient> due) { relay_->take(std::move(due)); },
          [this] { relay_->wake(); }, remember});
  const auto may_send_as = [&directory](mailstore::AccountId account, const mail::Address& sender) {
    return directory.may_send_as(account, sender);
  };
  const auto account =
      [&directory](const mail::Address& address) -> std::optional<mailstore::AccountId> {
    const auto found = directory.find_account(address.to_string());
    return found ? std::optional(found->id) : std::nullopt;
  };
  const auto is_limited = [this](mailstore::AccountId id) { return room_->is_limited(id); };
  service_.reset(new Service{std::make_shared<const Policy>(make_policy(settings)), *queue_,
                             *dispatch_, Authority{directory, *logins_, random_seed()},
                             certificates_of(settings.tls), sessions_,
                             Lookups{resolve, may_send_as, account, is_limited}, *room_, remember});
  listen(settings);
}

void Daemon::listen(const conf::Settings& settings) {
  const auto sessions = [this](Port port) {
    return [this, port](tls::Stream stream) {
      return smtpd::serve(std::move(stream), *service_, port);
    };
  };
  const auto open = [&](const std::vector<conf::Endpoint>& endpoints, Port port) {
    server_.listen(endpoints, sessions(port), connections_);
  };
  open(settings.smtp.listen, {Role::kMx, Port::Tls::kByCommand});
  open(settings.smtp.submission, {Role::kSubmission, Port::Tls::kByCommand});
  open(settings.smtp.submissions, {Role::kSubmission, Port::Tls::kFromStart});
  const Port lmtp{Role::kLmtp, Port::Tls::kByCommand};
  open(settings.lmtp.listen, lmtp);
  for (const std::filesystem::path& path : settings.lmtp.sockets) {
    const tls::LocalSocket socket{path, settings.lmtp.socket_mode, settings.lmtp.socket_group};
    server_.listen(socket, sessions(lmtp), connections_);
  }
  listen_to_programs(settings);
  server_.on_reload([this] { reload(); });
  server_.on_stop([this] {
    sessions_.stop();
    relay_->stop();
  });
  asio::co_spawn(server_.io(), sweep_forever(), asio::detached);
  asio::co_spawn(server_.io(), tidy_forever(), asio::detached);
  asio::co_spawn(server_.io(), listen_for_bell(), asio::detached);
}

// The network's mail must not wait for a socket that only programs of this machine use.
void Daemon::listen_to_programs(const conf::Settings& settings) {
  const std::filesystem::path socket = conf::local_socket(settings);
  if (socket.empty()) return;
  try {
    const std::filesystem::path closed = open_socket_folder(socket, settings.data);
    if (!closed.empty()) {
      conf::log(conf::Level::kInfo, "socket_hidden",
                {{"socket", socket.string()}, {"other users can't pass", closed.string()}});
    }
    const Port port{Role::kLocal, Port::Tls::kByCommand};
    server_.listen(
        tls::LocalSocket{socket, 0666, ""},
        [this, port](tls::Stream stream) {
          return smtpd::serve(std::move(stream), *service_, port);
        },
        connections_);
  } catch (const std::exception& error) {
    conf::log(conf::Level::kWarning, "socket_unavailable",
              {{"socket", socket.string()}, {"reason", error.what()}});
  }
}

// What works is stopped before what it works with: then the last commits still find their sessions'
// loops, and the server, destroyed after this, takes the sessions' frames along.
Daemon::~Daemon() {
  dispatch_->stop();
  deliver_->stop();
  queue_readers_.reset();
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

// What is wrong is found before anything is changed. What is under way goes on as it began.
void Daemon::reload() {
  const conf::Settings settings = conf::load_settings(settings_.file);
  auto certificates = conf::use_values(settings, [&settings] {
    check_way_out(settings);
    return certificates_of(settings.tls);
  });
  resolver_.change(settings.dns);
  service_->certificates.store(std::move(certificates));
  conf::start_log("smtpd", settings.log);
  service_->policy.store(std::make_shared<const Policy>(make_policy(settings)));
  connections_->limit(limits_of(settings));
  dispatch_->change(settings);
  relay_->change(settings);
  history_.keep(settings.history.keep);
  room_->change(settings.quota);
  tell_of_dns(settings.dns);
  conf::log(conf::Level::kInfo, "reloaded", {{"settings", settings_.file.string()}});
  conf::tell_of_restart("smtpd", settings_, settings);
}

// While there is more to be found it goes on as soon as the relay has use for it, else once a
// second.
asio::awaitable<void> Daemon::sweep_forever() {
  const std::function<std::int64_t()> sweep = [this] { return dispatch_->sweep(seconds_now()); };
  for (;;) {
    std::int64_t next = seconds_now() + 1;
    try {
      next = co_await queue_readers_->run(kSweeper, sweep);
    } catch (const std::exception& error) {
      conf::log(conf::Level::kError, "sweep_failed", {{"reason", error.what()}});
    }
    if (next <= seconds_now()) {
      co_await relay_->catch_up();
      continue;
    }
    sweep_pause_.expires_after(std::chrono::seconds(1));
    co_await sweep_pause_.async_wait(asio::as_tuple(asio::use_awaitable));  // or the bell ends it
  }
}

// What has left is removed when it keeps nobody from going: it can wait, but not for ever.
asio::awaitable<void> Daemon::tidy_forever() {
  const std::function<bool()> tidy = [this] { return queue_->tidy(); };
  asio::steady_timer pause(server_.io());
  for (;;) {
    pause.expires_after(kTidyInterval);
    co_await pause.async_wait(asio::use_awaitable);
    co_await wait_until(
        server_.io(), [this] { return !relay_->busy(); }, kLongestUntidy);
    try {
      while (co_await queue_readers_->run(kSweeper, tidy)) continue;
    } catch (const std::exception& error) {
      conf::log(conf::Level::kError, "tidy_failed", {{"reason", error.what()}});
    }
  }
}

// Somebody changed the queue on disk.
asio::awaitable<void> Daemon::listen_for_bell() {
  // A descriptor of our own: Asio closes the one it is given.
  asio::posix::stream_descriptor bell(co_await asio::this_coro::executor,
                                      ::dup(bell_.descriptor()));
  for (;;) {
    co_await bell.async_wait(asio::posix::descriptor_base::wait_read, asio::use_awaitable);
    bell_.answer();
    dispatch_->wake();
    sweep_pause_.cancel();
  }
}

void check(const conf::Settings& settings) {
  mailstore::expect_domain(settings.data);
  if (!settings.lmtp.socket_group.empty()) tls::find_group(settings.lmtp.socket_group);
  certificates_of(settings.tls);
  check_way_out(settings);
}

void serve(const conf::Settings& settings) {
  mailstore::expect_domain(settings.data);
  Daemon daemon(settings);
  tell_of_dns(settings.dns);
  conf::log(conf::Level::kInfo, "ready", {{"hostname", settings.hostname}});
  daemon.run();
}

}  // namespace smtpd
