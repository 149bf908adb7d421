#include "smtpd/destination.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace smtpd {

namespace {

constexpr std::int64_t kHostPause = 300;  // seconds

// RFC 5321 §5.1 wants at least two addresses tried; a domain with dozens of dead hosts must not
// keep its mail for hours in one attempt.
constexpr std::size_t kMostHosts = 5;

}  // namespace

bool Destination::wants_connection(std::int64_t now) const {
  return line.size() > opening && connections < window.width(now);
}

std::vector<Host> Destination::hosts_to_try(std::int64_t now, const Random& random) const {
  std::vector<Host> hosts = route->hosts;
  put_in_order(hosts, random);
  std::stable_partition(hosts.begin(), hosts.end(), [&](const Host& host) {
    const auto bad = bad_hosts.find(host.name);
    return bad == bad_hosts.end() || bad->second <= now;
  });
  if (hosts.size() > kMostHosts) hosts.resize(kMostHosts);
  if (hosts.empty() && !way.socket.empty()) hosts.push_back({way.socket.string(), {}, 0});
  return hosts;
}

void Destination::blame(const std::string& host, std::int64_t now) {
  bad_hosts[host] = now + kHostPause;
}

bool Destination::forgettable(std::int64_t now) const {
  return connections == 0 && line.empty() && !in_ring && window.forgettable(now);
}

std::string destination_name(const WayOut& way, const Route& route) {
  if (way.host || !way.socket.empty() || route.hosts.empty()) return way.name;
  std::vector<std::tuple<std::uint16_t, std::string>> hosts;
  for (const Host& host : route.hosts) hosts.emplace_back(host.preference, host.name);
  std::ranges::sort(hosts);
  std::string name = fmt::format("mx {}{}", way.terms(), route.authenticated ? " dnssec" : "");
  for (const auto& [preference, host] : hosts) name += fmt::format(" {}:{}", preference, host);
  return name;
}

}  // namespace smtpd
