// Opening a connection: tls::connect of stream.hpp. Addresses race each other (RFC 8305 §5): the
// next one starts when the last one failed or was silent for a while, and the first that answers
// wins.
#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <optional>

#include "tls/stream.hpp"

namespace tls {
namespace {

using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

// RFC 8305 §8
constexpr std::chrono::milliseconds kAttemptDelay{250};

struct Runner {
  Runner(const asio::any_io_executor& executor, tcp::endpoint to, Clock::time_point until)
      : socket(executor), endpoint(std::move(to)), deadline(until) {}

  tcp::socket socket;
  tcp::endpoint endpoint;
  Clock::time_point deadline;
  bool under_way = true;
  bool timed_out = false;
  boost::system::error_code error{};
};

/// Shared with the handlers of the attempts, which may be called after the race.
struct Race {
  explicit Race(const asio::any_io_executor& executor) : news(executor) {}

  std::deque<Runner> runners;
  asio::steady_timer news;
};

std::string to_text(const tcp::endpoint& endpoint) {
  const auto address = endpoint.address().to_string();
  return fmt::format(fmt::runtime(endpoint.address().is_v6() ? "[{}]:{}" : "{}:{}"), address,
                     endpoint.port());
}

void start(const std::shared_ptr<Race>& race, const tcp::endpoint& endpoint, Seconds timeout) {
  Runner& runner =
      race->runners.emplace_back(race->news.get_executor(), endpoint, Clock::now() + timeout);
  runner.socket.async_connect(endpoint, [race, &runner](boost::system::error_code error) {
    if (!runner.under_way) return;
    runner.under_way = false;
    runner.error = error;
    race->news.cancel();
  });
}

void give_up(Runner& runner) {
  runner.under_way = false;
  boost::system::error_code ignored;
  runner.socket.close(ignored);
}

/// Ends whatever is under way, also when the race is called off from outside.
struct Finish {
  std::shared_ptr<Race> race;
  ~Finish() {
    for (Runner& runner : race->runners) give_up(runner);
  }
};

Runner* winner(Race& race) {
  const auto found = std::find_if(race.runners.begin(), race.runners.end(), [](const Runner& r) {
    return !r.under_way && !r.error && !r.timed_out;
  });
  return found == race.runners.end() ? nullptr : &*found;
}

void end_overdue(Race& race, Clock::time_point now) {
  for (Runner& runner : race.runners) {
    if (!runner.under_way || runner.deadline > now) continue;
    give_up(runner);
    runner.timed_out = true;
  }
}

/// When the youngest attempt has had its time alone.
Clock::time_point next_start(const Race& race, Seconds timeout) {
  if (race.runners.empty() || !race.runners.back().under_way) return Clock::time_point::min();
  return race.runners.back().deadline - timeout + kAttemptDelay;
}

std::optional<Clock::time_point> first_deadline(const Race& race) {
  std::optional<Clock::time_point> first;
  for (const Runner& runner : race.runners) {
    if (runner.under_way) first = std::min(first.value_or(runner.deadline), runner.deadline);
  }
  return first;
}

/// One reason where all failed alike, else each address with its own.
std::string reasons(const Race& race, Seconds timeout) {
  std::vector<std::string> each;
  for (const Runner& runner : race.runners) {
    each.push_back(runner.timed_out ? fmt::format("no answer for {} s", timeout.count())
                                    : runner.error.message());
  }
  if (each.empty()) return "no address";
  if (std::count(each.begin(), each.end(), each.front()) == std::ssize(each)) return each.front();
  std::string all;
  for (std::size_t i = 0; i < each.size(); ++i) {
    all += fmt::format("{}{} {}", i ? ", " : "", to_text(race.runners[i].endpoint), each[i]);
  }
  return all;
}

StreamError failure(const Race& race, const std::string& where, Seconds timeout) {
  const bool timed_out = std::any_of(race.runners.begin(), race.runners.end(),
                                     [](const Runner& runner) { return runner.timed_out; });
  return {timed_out ? StreamError::Kind::kTimeout : StreamError::Kind::kClosed,
          fmt::format("cannot connect to {}: {}", where, reasons(race, timeout))};
}

asio::awaitable<Stream> run(std::vector<tcp::endpoint> endpoints, std::string where,
                            Seconds timeout) {
  const auto executor = co_await asio::this_coro::executor;
  const auto race = std::make_shared<Race>(executor);
  const Finish finish{race};
  std::size_t started = 0;
  for (;;) {
    if (Runner* first = winner(*race)) co_return Stream(std::move(first->socket));
    const auto now = Clock::now();
    end_overdue(*race, now);
    const auto next = next_start(*race, timeout);
    if (started < endpoints.size() && next <= now) {
      start(race, endpoints[started++], timeout);
      continue;
    }
    auto wake = first_deadline(*race);
    if (!wake) throw failure(*race, where, timeout);
    if (started < endpoints.size()) wake = std::min(*wake, next);
    race->news.expires_at(*wake);
    co_await race->news.async_wait(asio::as_tuple(asio::use_awaitable));
  }
}

std::vector<tcp::endpoint> at_port(const std::vector<asio::ip::address>& addresses,
                                   std::uint16_t port) {
  std::vector<tcp::endpoint> endpoints;
  for (const auto& address : addresses) endpoints.emplace_back(address, port);
  return endpoints;
}

std::string name_of(const std::vector<tcp::endpoint>& endpoints) {
  if (endpoints.empty()) return "nowhere";
  const auto first = to_text(endpoints.front());
  return endpoints.size() == 1 ? first : fmt::format("{} and {} more", first, endpoints.size() - 1);
}

asio::awaitable<std::vector<tcp::endpoint>> resolve(std::string host, std::uint16_t port) {
  tcp::resolver resolver(co_await asio::this_coro::executor);
  const auto service = std::to_string(port);
  const auto [error, results] =
      co_await resolver.async_resolve(host, service, asio::as_tuple(asio::use_awaitable));
  if (error)
    throw StreamError(StreamError::Kind::kClosed,
                      fmt::format("{} has no address: {}", host, error.message()));
  std::vector<tcp::endpoint> endpoints;
  for (const auto& result : results) endpoints.push_back(result.endpoint());
  co_return endpoints;
}

}  // namespace

asio::awaitable<Stream> connect(std::string host, std::uint16_t port, Seconds timeout) {
  auto endpoints = co_await resolve(host, port);
  auto where = fmt::format("{}:{}", host, port);
  co_return co_await run(std::move(endpoints), std::move(where), timeout);
}

asio::awaitable<Stream> connect(std::vector<asio::ip::address> addresses, std::uint16_t port,
                                Seconds timeout) {
  auto endpoints = at_port(addresses, port);
  auto where = name_of(endpoints);
  co_return co_await run(std::move(endpoints), std::move(where), timeout);
}

}  // namespace tls
