#include "smtpd/relay.hpp"

#include <exception>
#include <functional>
#include <random>

#include "conf/log.hpp"
#include "mail/address.hpp"
#include "smtpd/notify.hpp"

namespace smtpd {

namespace {

using mail::smtp::ClientOptions;

// Connections to one destination at a time: enough to hide the round trips, few enough to be
// welcome.
constexpr unsigned kMaxConnections = 10;

// RFC 5321 §5.1 wants at least two addresses tried; a domain with dozens of dead hosts must not
// keep its mail for hours in one attempt.
constexpr std::size_t kMaxHosts = 5;

// The name under which everything goes that the smarthost takes.
constexpr const char* kSmarthost = "*";

bool is_literal(const std::string& domain) { return domain.starts_with('['); }

/// "[192.0.2.1]" → "192.0.2.1", "[IPv6:2001:db8::1]" → "2001:db8::1".
std::string literal_address(const std::string& domain) {
  const std::string inside = domain.substr(1, domain.size() - 2);
  return inside.starts_with("IPv6:") ? inside.substr(5) : inside;
}

/// For TLS that nobody demanded: encryption without knowing to whom is better than none (RFC 7435).
tls::SslCtx make_trusting() {
  tls::SslCtx context = tls::client_context();
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
  return context;
}

ClientOptions::Security security_of(const conf::RelaySettings& settings) {
  if (!settings.smarthost || settings.smarthost_tls == "may") {
    return ClientOptions::Security::kIfOffered;
  }
  return settings.smarthost_tls == "none" ? ClientOptions::Security::kNone
                                          : ClientOptions::Security::kRequired;
}

// An essay of the other side's has to fit into the queue, the log and one line of a bounce.
std::string short_reply(const mail::smtp::Reply& reply) {
  constexpr std::size_t kLongest = 800;
  return to_line(reply).substr(0, kLongest);
}

mail::smtp::OutgoingMessage outgoing(const mailstore::QueuedMessage& message,
                                     const std::vector<Job>& jobs) {
  mail::smtp::OutgoingMessage out;
  out.sender = message.sender;
  out.content = message.content.view();
  out.smtputf8 = message.smtputf8;
  out.ret = message.ret;
  out.envid = message.envid;
  for (const Job& job : jobs) {
    out.recipients.push_back(
        {job.recipient->address, notify_onward(message, *job.recipient), job.recipient->orcpt});
  }
  return out;
}

}  // namespace

Relay::Relay(asio::io_context& io, tls::WorkerPool& workers, const conf::Settings& settings,
             Ways ways, Settle settle)
    : io_(io),
      workers_(workers),
      settings_(std::make_shared<conf::RelaySettings>(settings.relay)),
      hostname_(settings.hostname),
      ways_(std::move(ways)),
      settle_(std::move(settle)),
      verifying_(tls::client_context()),
      trusting_(make_trusting()) {}

void Relay::take(Message message, std::vector<Job> jobs) {
  asio::post(io_, [this, message = std::move(message), jobs = std::move(jobs)]() mutable {
    queue(std::move(message), std::move(jobs));
  });
}

// Those who serve a destination keep the settings under which it got its name.
void Relay::change(conf::RelaySettings settings) {
  auto changed = std::make_shared<const conf::RelaySettings>(std::move(settings));
  asio::post(io_, [this, changed = std::move(changed)] { settings_ = changed; });
}

void Relay::queue(Message message, std::vector<Job> jobs) {
  std::map<std::string, std::vector<Job>> by_destination;
  for (Job& job : jobs) by_destination[destination_of(job)].push_back(std::move(job));
  for (auto& [name, its_jobs] : by_destination) {
    Destination& destination = destinations_[name];
    destination.waiting.push_back({message, std::move(its_jobs)});
    if (destination.connections >= kMaxConnections) continue;
    ++destination.connections;
    asio::co_spawn(io_, serve(name, settings_), asio::detached);
  }
}

std::string Relay::destination_of(const Job& job) const {
  if (settings_->smarthost) return kSmarthost;
  const std::string& domain = job.recipient->address.domain;
  if (is_literal(domain)) return domain;
  return mail::domain_to_ascii(domain).value_or(domain);
}

asio::awaitable<void> Relay::serve(std::string name, RelaySettings settings) {
  const Route route = co_await find_route(name, settings);
  std::optional<Carrier> carrier;
  while (auto delivery = next(name)) {
    if (route.hosts.empty()) {
      refuse(*delivery, route.refusal);
      continue;
    }
    Delivery taken = std::move(*delivery);
    co_await carry(std::move(taken), route, *settings, carrier);
  }
  if (carrier) co_await carrier->quit();
}

/// The next message for the destination; without one, this connection counts no longer.
std::optional<Relay::Delivery> Relay::next(const std::string& name) {
  Destination& destination = destinations_[name];
  if (destination.waiting.empty()) {
    if (--destination.connections == 0) destinations_.erase(name);
    return std::nullopt;
  }
  Delivery delivery = std::move(destination.waiting.front());
  destination.waiting.pop_front();
  return delivery;
}

asio::awaitable<Route> Relay::find_route(std::string name, RelaySettings settings) {
  if (settings->smarthost) co_return Route{{Host{settings->smarthost->host}}, "", false};
  if (is_literal(name)) co_return Route{{Host{literal_address(name)}}, "", false};
  std::string trouble;
  try {
    const std::function<MxAnswer()> look = [this, name] { return ways_.find_mx(name); };
    MxAnswer answer = co_await workers_.run(std::hash<std::string>{}(name), look);
    co_return choose_route(name, std::move(answer), hostname_,
                           [] { return std::random_device{}(); });
  } catch (const std::exception& error) {
    trouble = error.what();
  }
  co_return Route{{}, "451 4.4.3 The domain can't be looked up now: " + trouble, false};
}

CarrierOptions Relay::carrier_options(const conf::RelaySettings& settings) const {
  const bool verify = settings.smarthost && settings.smarthost_tls == "verify";
  return {hostname_, security_of(settings), verify ? verifying_ : trusting_,
          settings.connect_timeout};
}

// Hosts in turn until every recipient is decided; the last host's word holds.
asio::awaitable<void> Relay::carry(Delivery delivery, const Route& route,
                                   const conf::RelaySettings& settings,
                                   std::optional<Carrier>& carrier) {
  const std::uint16_t port = settings.smarthost ? settings.smarthost->port : ways_.port;
  const std::size_t hosts = std::min(route.hosts.size(), kMaxHosts);
  // A connection that is open already is to a host that works.
  if (carrier && carrier->open()) {
    co_await carrier->carry(outgoing(*delivery.message, delivery.jobs));
    settle_decided(delivery, *carrier, false);
  }
  for (std::size_t i = 0; i < hosts && !delivery.jobs.empty(); ++i) {
    if (carrier) co_await carrier->quit();
    carrier.emplace(carrier_options(settings), route.hosts[i].name, port);
    co_await carrier->carry(outgoing(*delivery.message, delivery.jobs));
    settle_decided(delivery, *carrier, i + 1 == hosts);
  }
}

// A server that refuses the session refuses no recipient: another host, or another day. Only its
// word on the sender, a recipient or the message is final.
void Relay::settle_decided(Delivery& delivery, const Carrier& carrier, bool last_host) {
  std::vector<Attempt> decided;
  std::vector<Job> left;
  const auto& outcomes = carrier.client().outcomes();
  const bool session_failed = carrier.client().failure().has_value();
  for (std::size_t i = 0; i < delivery.jobs.size(); ++i) {
    const mail::smtp::RecipientOutcome& outcome = outcomes.at(i);
    Attempt attempt{delivery.jobs[i], Attempt::End::kDeferred, short_reply(outcome.reply),
                    carrier.host(), carrier.client().extensions().dsn};
    if (outcome.reply.positive()) attempt.end = Attempt::End::kDelivered;
    if (outcome.reply.permanent() && !session_failed) attempt.end = Attempt::End::kFailed;
    if (attempt.end == Attempt::End::kDeferred && !last_host) {
      left.push_back(delivery.jobs[i]);
    } else {
      decided.push_back(std::move(attempt));
    }
  }
  delivery.jobs = std::move(left);
  if (!decided.empty()) settle_(std::move(decided));
}

void Relay::refuse(const Delivery& delivery, const std::string& refusal) {
  const Attempt::End end =
      refusal.starts_with('5') ? Attempt::End::kFailed : Attempt::End::kDeferred;
  std::vector<Attempt> attempts;
  for (const Job& job : delivery.jobs) attempts.push_back({job, end, refusal, "", false});
  settle_(std::move(attempts));
}

}  // namespace smtpd
