#include "smtpd/routes.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace smtpd {

namespace {

constexpr unsigned kMostAtOnce = 200;
constexpr std::int64_t kTroubleKept = 2;  // seconds: DNS may be back any moment
constexpr std::size_t kMostKept = 10'000;

std::shared_ptr<const Route> socket_route(std::int64_t now) {
  auto route = std::make_shared<Route>();
  route->until = now + kRouteKept;
  return route;
}

}  // namespace

Routes::Routes(asio::io_context& io, FindRoute find_route, FindRoute find_host)
    : io_(io), find_route_(std::move(find_route)), find_host_(std::move(find_host)) {}

void Routes::find(const WayOut& way, std::int64_t now, Found found) {
  now_ = now;
  Entry& entry = entries_[way.name];
  if (!way.socket.empty()) entry = {socket_route(now), {}};
  if (entry.waiting.empty() && entry.route && now < entry.route->until) return found(entry.route);
  entry.waiting.push_back(std::move(found));
  if (entry.waiting.size() > 1) return;
  to_ask_.push_back(way);
  start();
}

void Routes::forget() {
  for (auto& [name, entry] : entries_) entry.route.reset();
}

void Routes::start() {
  while (asking_ < kMostAtOnce && !to_ask_.empty()) {
    WayOut way = std::move(to_ask_.front());
    to_ask_.pop_front();
    ++asking_;
    asio::co_spawn(io_, look_up(std::move(way)), asio::detached);
  }
}

asio::awaitable<void> Routes::look_up(WayOut way) {
  auto route = std::make_shared<Route>();
  std::string trouble;
  try {
    *route = co_await ask(way);
  } catch (const std::exception& error) {
    trouble = error.what();
  }
  if (!trouble.empty()) {
    route->hosts.clear();
    route->refusal = "451 4.4.3 The domain can't be looked up now: " + trouble;
  }
  const bool in_trouble = route->refusal.starts_with('4');
  route->until = now_ + (in_trouble ? kTroubleKept : std::min(route->ttl, kRouteKept));
  Entry& entry = entries_[way.name];
  entry.route = route;
  const std::vector<Found> waiting = std::exchange(entry.waiting, {});
  --asking_;
  start();
  for (const Found& found : waiting) found(route);
  forget_old();
}

asio::awaitable<Route> Routes::ask(WayOut way) {
  if (way.host) co_return co_await find_host_(way.host->host);
  co_return co_await find_route_(way.name);
}

void Routes::forget_old() {
  if (entries_.size() <= kMostKept) return;
  std::erase_if(entries_, [this](const auto& named) {
    const auto& [route, waiting] = named.second;
    return waiting.empty() && (!route || route->until <= now_);
  });
}

}  // namespace smtpd
