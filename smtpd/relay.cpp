#include "smtpd/relay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "conf/log.hpp"
#include "mail/address.hpp"
#include "smtpd/now.hpp"
#include "smtpd/retry.hpp"
#include "smtpd/wait_until.hpp"

namespace smtpd {

namespace {

// Messages that were just accepted wait in memory up to here; the others are read from the queue
// when their turn comes.
constexpr std::uint64_t kMostHeld = 16u << 20;
// Those that were carried wait for the disk to take how they fared. When it is slow, so is what is
// carried: less is in memory, and less may be sent twice should we be killed.
constexpr std::uint64_t kMostUnrecorded = 24u << 20;
// A message in a file is a mapping and a descriptor, which count as so many octets.
constexpr std::uint64_t kFileCost = 16u << 10;
// What a message takes beside its content.
constexpr std::uint64_t kEnvelopeCost = 2u << 10;

// With fewer connections than are wanted, each gives its place to another destination after so many
// messages.
constexpr unsigned kTurn = 100;

// Between two batches of refusals while all connections are taken.
constexpr std::chrono::milliseconds kLongestPause{1000};

// More of what is due than could be carried would wait here as on disk, and what is carried would
// wait for it to be sorted out.
constexpr std::uint64_t kCaughtUp = 1000;

constexpr std::int64_t kTidyInterval = 60;  // seconds

std::shared_ptr<const Terms> make_terms(const conf::Settings& settings) {
  return std::make_shared<const Terms>(
      Terms{settings.hostname, settings.relay, tls::client_context(settings.relay.ca)});
}

std::uint64_t cost_of(const mailstore::QueuedMessage& message) {
  return kEnvelopeCost + (message.content.file().empty() ? message.content.size() : kFileCost);
}

bool is_literal(const std::string& domain) { return domain.starts_with('['); }

}  // namespace

Relay::Relay(asio::io_context& io, tls::WorkerPool& workers, const conf::Settings& settings,
             Ways ways, Settle settle)
    : io_(io),
      ways_(std::move(ways)),
      outfit_{ways_.port, ways_.sender},
      settle_(std::move(settle)),
      terms_(make_terms(settings)),
      routes_(io, ways_.find_route, ways_.find_host),
      opener_(io, workers, ways_.open),
      refusals_(io, workers, ways_.open, settle_, [this] { return pause_of_refusals(); }) {}

void Relay::take(Message message, std::vector<Job> jobs) {
  std::map<std::string, Parcel> by_domain;
  const Message held = hold(message);
  for (const Job& job : jobs) {
    Parcel& parcel = by_domain[job.recipient->address.domain];
    parcel.id = message->id;
    parcel.message = held;
    parcel.recipients.push_back(job.recipient->number);
  }
  asio::post(io_, [this, sender = message->sender, parcels = std::move(by_domain)] {
    const std::int64_t moment = now();
    for (const auto& [domain, parcel] : parcels) sort_out(sender, domain, parcel, moment);
  });
}

// A queue's domains lie mixed; what is known of one is looked at for all of its recipients.
void Relay::take(std::vector<mailstore::DueRecipient> due) {
  std::ranges::stable_sort(due, {}, &mailstore::DueRecipient::domain);
  asio::post(io_, [this, due = std::move(due)] {
    const std::int64_t moment = now();
    for (const mailstore::DueRecipient& one : due) {
      sort_out(one.sender, one.domain, {one.message, {one.number}}, moment);
    }
  });
}

// What is on its way to a destination goes by the settings under which it got there.
void Relay::change(const conf::Settings& settings) {
  asio::post(io_, [this, terms = make_terms(settings)] {
    terms_ = terms;
    ++generation_;
    routes_.forget();
    known_.clear();
  });
}

void Relay::wake() {
  asio::post(io_, [this] { look_anew(); });
}

void Relay::stop() {
  stopping_ = true;
  asio::post(io_, [this] {
    for (auto& [name, destination] : destinations_) {
      for (asio::steady_timer* timer : destination.idle) timer->cancel();
    }
  });
}

std::int64_t Relay::now() const { return ways_.now ? ways_.now() : seconds_now(); }

/// The message itself while memory for messages is left, else null; counted until it is let go.
Message Relay::hold(Message message) {
  if (!ways_.open) return message;
  const std::uint64_t octets = cost_of(*message);
  return held_.sum() + octets > kMostHeld ? nullptr : held_.hold(std::move(message), octets);
}

void Relay::sort_out(const mail::Address& sender, const std::string& domain, Parcel parcel,
                     std::int64_t moment) {
  forget_old(moment);
  if (const auto known = known_.find(domain); known != known_.end() && moment < known->second.until)
    return hand_over(*known->second.destination, sender, std::move(parcel), moment);
  const std::string ascii =
      is_literal(domain) ? domain : mail::domain_to_ascii(domain).value_or(domain);
  const WayOut way = way_out(terms_->settings, ascii);
  const auto arrived = [=, this, asked = generation_](std::shared_ptr<const Route> route) {
    if (route->hosts.empty() && way.socket.empty())
      return refusals_.add(parcel, std::make_shared<Refusal>(Refusal{route->refusal, "", 0}));
    const std::int64_t until = route->until;
    Destination& destination = destination_of(way, std::move(route));
    if (asked == generation_) known_[domain] = {&destination, until};
    hand_over(destination, sender, parcel, now());
  };
  routes_.find(way, moment, arrived);
}

Destination& Relay::destination_of(const WayOut& way, std::shared_ptr<const Route> route) {
  const std::string name = fmt::format("{} {}", generation_, destination_name(way, *route));
  Destination& destination = destinations_[name];
  if (!destination.terms) {
    destination.way = way;
    destination.terms = terms_;
  }
  destination.route = std::move(route);
  return destination;
}

void Relay::hand_over(Destination& destination, const mail::Address& sender, Parcel parcel,
                      std::int64_t moment) {
  destination.line.push(sender, std::move(parcel));
  urge(destination, moment);
}

/// There is something for the destination to do.
void Relay::urge(Destination& destination, std::int64_t moment) {
  if (destination.window.dead(moment)) return refuse_line(destination);
  if (!destination.idle.empty()) {
    destination.idle.back()->cancel();
    destination.idle.pop_back();
    return;
  }
  if (destination.in_ring || !destination.wants_connection(moment)) return;
  line_up(destination, moment);
  open_connections();
}

Relay::Places& Relay::places_of(const Destination& destination) {
  return destination.window.proven() ? proven_ : unproven_;
}

void Relay::line_up(Destination& destination, std::int64_t moment) {
  destination.in_ring = destination.wants_connection(moment);
  if (destination.in_ring) places_of(destination).ring.push_back(&destination);
}

// One that has died since it lined up among the proven comes to the others' ring by this, in time.
void Relay::open_connections() {
  open_connections(proven_);
  open_connections(unproven_);
}

void Relay::open_connections(Places& places) {
  while (!places.ring.empty() && !stopping_ && places.taken < terms_->settings.max_connections) {
    Destination& destination = *places.ring.front();
    places.ring.pop_front();
    const std::int64_t moment = now();
    if (&places_of(destination) == &places && destination.wants_connection(moment)) {
      ++places.taken;
      ++destination.connections;
      ++destination.opening;
      asio::co_spawn(io_, serve(destination, places), asio::detached);
    }
    line_up(destination, moment);
  }
}

bool Relay::busy() const { return proven_.taken >= terms_->settings.max_connections; }

asio::awaitable<void> Relay::catch_up() {
  const std::uint64_t enough = carried_ + kCaughtUp;
  co_await wait_until(
      io_, [=, this] { return !busy() || carried_ >= enough; }, ways_.longest_catching_up);
}

/// What goes, goes before what doesn't: the longer, the more of it there is.
std::chrono::milliseconds Relay::pause_of_refusals() const {
  const std::uint32_t most = terms_->settings.max_connections;
  return kLongestPause * std::min(proven_.taken, most) / most;
}

/// Nothing of what waits is tried.
void Relay::refuse_line(Destination& destination) {
  const Window& window = destination.window;
  const auto refusal =
      std::make_shared<const Refusal>(Refusal{window.reply(), window.host(), window.dead_until()});
  while (auto parcel = destination.line.pop()) refusals_.add(std::move(*parcel), refusal);
}

void Relay::look_anew() {
  routes_.forget();
  known_.clear();
  for (const Parcel& parcel : refusals_.take_back()) {
    if (ways_.let_go) ways_.let_go(parcel);
  }
  for (auto& [name, destination] : destinations_) {
    destination.window.revive();
    destination.bad_hosts.clear();
    destination.line.forget_messages();
  }
}

void Relay::forget_old(std::int64_t moment) {
  if (moment < tidied_ + kTidyInterval) return;
  tidied_ = moment;
  known_.clear();
  std::erase_if(destinations_,
                [this](const auto& named) { return named.second.forgettable(tidied_); });
}

asio::awaitable<void> Relay::serve(Destination& destination, Places& places) {
  Service service{Connection(outfit_, destination), &places};
  // What is being sorted out just now joins its message.
  co_await asio::post(io_, asio::use_awaitable);
  for (;;) {
    std::optional<Parcel> parcel = co_await next(destination, service);
    if (!parcel) break;
    co_await carry(destination, service, std::move(*parcel));
  }
  co_await service.connection.quit();
  leave(destination, service);
}

/// Nothing: the connection is to be closed.
asio::awaitable<std::optional<Parcel>> Relay::next(Destination& destination, Service& service) {
  const bool others_wait = service.places->ring.size() > (destination.in_ring ? 1u : 0u);
  const bool had_its_turn = ++service.turns > kTurn && others_wait;
  if (service.turns > 1 && destination.line.empty() && !others_wait && service.connection.open()) {
    co_await idle(destination);
  }
  if (service.turns == 1) --destination.opening;
  if (stopping_ || service.spent || had_its_turn) co_return std::nullopt;
  if (destination.connections > std::max(destination.window.width(now()), 1u))
    co_return std::nullopt;
  co_return destination.line.pop();
}

asio::awaitable<void> Relay::idle(Destination& destination) {
  asio::steady_timer timer(io_, ways_.linger);
  destination.idle.push_back(&timer);
  try {
    co_await timer.async_wait(asio::use_awaitable);
  } catch (const boost::system::system_error&) {
    // There is something to do.
  }
  std::erase(destination.idle, &timer);
}

asio::awaitable<void> Relay::carry(Destination& destination, Service& service, Parcel parcel) {
  co_await wait_until(io_, [this] { return unrecorded_.sum() <= kMostUnrecorded; });
  std::vector<Job> jobs = co_await opener_.open(parcel);
  if (jobs.empty()) co_return;
  const std::shared_ptr<void> busy = ways_.busy ? ways_.busy() : nullptr;
  Verdict verdict = co_await service.connection.carry(std::move(jobs), now());
  note(destination, service, verdict);
  settle(std::move(verdict.decided));
  if (!verdict.undecided.empty())
    give_up(destination, service, std::move(verdict), std::move(parcel));
}

/// Of one message.
void Relay::settle(std::vector<Attempt> attempts) {
  if (attempts.empty()) return;
  const Message& carried = attempts.front().job.message;
  const Message message = unrecorded_.hold(carried, cost_of(*carried));
  for (Attempt& attempt : attempts) attempt.job.message = message;
  settle_(std::move(attempts));
}

/// Lets the window learn from it.
void Relay::note(Destination& destination, Service& service, const Verdict& verdict) {
  tell_of_unknown(verdict);
  switch (verdict.health) {
    case Health::kUnreachable: return;  // give_up sees to it
    case Health::kBusy: return destination.window.shrink(now());
    case Health::kBroken:
      if (!destination.window.broke(now())) return;
      return bury(destination,
                  verdict.decided.empty() ? verdict.undecided.back() : verdict.decided.back());
    case Health::kCarried: break;
  }
  ++carried_;
  destination.window.succeeded(destination.terms->settings, now());
  prove(destination, service);
  urge(destination, now());
}

void Relay::tell_of_unknown(const Verdict& verdict) {
  for (const Attempt& attempt : verdict.decided) {
    if (!attempt.unknown) continue;
    conf::log(conf::Level::kWarning, "outcome_unknown",
              {{"queue", attempt.job.message->name},
               {"to", attempt.job.recipient->address.to_string()},
               {"host", attempt.remote},
               {"so_far", ++unknown_}});
  }
}

/// What waits is not tried any more, for the reason that the last attempt gave.
void Relay::bury(Destination& destination, const Attempt& last) {
  destination.window.die(destination.terms->settings, {last.reply, last.remote, now(), chance()});
  refuse_line(destination);
}

void Relay::prove(Destination& destination, Service& service) {
  if (service.worked) return;
  service.worked = true;
  ++destination.working;
  --service.places->taken;
  service.places = &proven_;
  ++service.places->taken;
  open_connections();
}

/// Every host was asked, and some recipients are left.
void Relay::give_up(Destination& destination, Service& service, Verdict verdict, Parcel parcel) {
  const bool others_work = destination.working > (service.worked ? 1u : 0u);
  const bool too_many_connections = verdict.health == Health::kUnreachable && others_work;
  if (too_many_connections && verdict.decided.empty()) {
    destination.window.shrink(now());
    destination.line.put_back(std::move(parcel));
    service.spent = true;
    return;
  }
  if (verdict.health == Health::kUnreachable && !others_work) {
    bury(destination, verdict.undecided.back());
    for (Attempt& attempt : verdict.undecided) attempt.not_before = destination.window.dead_until();
  }
  settle(std::move(verdict.undecided));
}

void Relay::leave(Destination& destination, const Service& service) {
  --service.places->taken;
  --destination.connections;
  if (service.worked) --destination.working;
  // Its turn is over: it stands behind the others.
  if (std::exchange(destination.in_ring, false)) {
    for (Places* places : {&proven_, &unproven_}) std::erase(places->ring, &destination);
  }
  urge(destination, now());
  open_connections();
}

}  // namespace smtpd
