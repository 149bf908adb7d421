#include "smtpd/connection.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <random>
#include <utility>

#include "smtpd/forward.hpp"
#include "smtpd/notify.hpp"

namespace smtpd {

namespace {

// What every server has to take (RFC 5321 §4.5.3.1.8).
constexpr std::size_t kMostRecipients = 100;

void append(std::vector<Attempt>& to, std::vector<Attempt> some) {
  std::ranges::move(some, std::back_inserter(to));
}

std::vector<Job> jobs_left(const Verdict& verdict) {
  std::vector<Job> jobs;
  for (const Attempt& attempt : verdict.undecided) jobs.push_back(attempt.job);
  return jobs;
}

}  // namespace

std::vector<std::vector<Job>> transactions_of(std::vector<Job> jobs) {
  // What a forward puts above the message names who forwards, and for whom.
  std::map<std::pair<std::string, std::string>, std::vector<std::vector<Job>>> by_forward;
  for (Job& job : jobs) {
    const std::string& by = job.recipient->forwarded_by;
    auto& parts = by_forward[{by, by.empty() ? "" : job.recipient->original}];
    if (parts.empty() || parts.back().size() == kMostRecipients) parts.emplace_back();
    parts.back().push_back(std::move(job));
  }
  std::vector<std::vector<Job>> transactions;
  for (auto& [forward, parts] : by_forward)
    std::ranges::move(parts, std::back_inserter(transactions));
  return transactions;
}

asio::awaitable<Verdict> Connection::carry(std::vector<Job> jobs, std::int64_t now) {
  Verdict whole;
  for (std::vector<Job>& together : transactions_of(std::move(jobs))) {
    // What can't be reached by some can't be by others.
    if (whole.health == Health::kUnreachable) {
      const Refusal same{whole.undecided.front().reply, whole.undecided.front().remote, 0};
      append(whole.undecided, refused(together, same));
      continue;
    }
    Verdict part = co_await carry_together(std::move(together), now);
    append(whole.decided, std::move(part.decided));
    append(whole.undecided, std::move(part.undecided));
    whole.health = std::min(whole.health, part.health);
  }
  co_return whole;
}

asio::awaitable<Verdict> Connection::carry_together(std::vector<Job> jobs, std::int64_t now) {
  Verdict whole;
  std::optional<Health> best;
  const auto take = [&](Verdict verdict) {
    append(whole.decided, std::move(verdict.decided));
    jobs = jobs_left(verdict);
    whole.undecided = std::move(verdict.undecided);
    best = std::max(best.value_or(Health::kUnreachable), verdict.health);
  };
  // A connection that is open already is to a host that works.
  if (open()) {
    Verdict verdict = co_await transact(jobs);
    take(std::move(verdict));
  }
  std::vector<Host> hosts;
  if (!jobs.empty()) hosts = destination_.hosts_to_try(now, [] { return std::random_device{}(); });
  for (std::size_t i = 0; i < hosts.size() && !jobs.empty(); ++i) {
    co_await turn_to(hosts[i]);
    Verdict verdict = co_await transact(jobs);
    if (verdict.health == Health::kUnreachable) destination_.blame(hosts[i].name, now);
    take(std::move(verdict));
  }
  whole.health = best.value_or(Health::kUnreachable);
  co_return whole;
}

asio::awaitable<Verdict> Connection::transact(std::vector<Job> jobs) {
  co_await carrier_->carry(outgoing(jobs));
  const mail::smtp::Client& client = carrier_->client();
  const bool lmtp = destination_.way.protocol == mail::smtp::ClientOptions::Protocol::kLmtp;
  const Said said{client.outcomes(),       client.failure().has_value(),
                  client.extensions().dsn, carrier_->host(),
                  carrier_->tls(),         lmtp};
  co_return judge(jobs, said);
}

asio::awaitable<void> Connection::turn_to(Host host) {
  co_await quit();
  const WayOut& way = destination_.way;
  const std::uint16_t found = way.port != 0 ? way.port : outfit_.port;
  const std::uint16_t port = way.host ? way.host->port : found;
  const Terms& terms = *destination_.terms;
  CarrierOptions options;
  options.hostname = terms.hostname;
  options.way = way;
  options.context = terms.context;
  options.connect_timeout = terms.settings.connect_timeout;
  // A name that the settings give needs no other witness.
  const bool named_by_settings = way.host.has_value() || !way.socket.empty();
  const bool authenticated = named_by_settings || destination_.route->authenticated;
  options.name_source = authenticated ? NameSource::kAuthenticated : NameSource::kUnauthenticated;
  carrier_.emplace(std::move(options), std::move(host), port);
}

asio::awaitable<void> Connection::quit() {
  if (carrier_) co_await carrier_->quit();
}

mail::smtp::OutgoingMessage Connection::outgoing(const std::vector<Job>& jobs) const {
  const mailstore::QueuedMessage& message = *jobs.front().message;
  mail::smtp::OutgoingMessage out;
  out.sender = outfit_.sender ? outfit_.sender(message, *jobs.front().recipient) : message.sender;
  out.head = forward_head(message, *jobs.front().recipient);
  out.content = message.content.view();
  out.smtputf8 = message.smtputf8;
  out.ret = message.ret;
  out.envid = message.envid;
  out.requiretls = message.requiretls;
  for (const Job& job : jobs) {
    out.recipients.push_back(
        {job.recipient->address, notify_onward(message, *job.recipient), job.recipient->orcpt});
  }
  return out;
}

}  // namespace smtpd
