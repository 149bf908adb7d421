// Where mail for a domain goes, as DNS tells it: hosts in the order of RFC 5321 §5.1, each with the
// addresses to try. Plain values; made by Resolver::find_route, used by those who carry.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tls/asio.hpp"

namespace smtpd {

struct Host {
  std::string name;  ///< as the MX record has it; "192.0.2.1" of a literal
  std::vector<asio::ip::address> addresses{};  ///< in the order to try; IPv6 and IPv4 by turns
  std::uint16_t preference = 0;                ///< of its MX record, 0 where there is none
};

/// Seconds that a route is used at most before DNS is asked again.
inline constexpr std::int64_t kRouteKept = 60;

/// Where to go, or why there is nowhere to go: then `hosts` is empty and `refusal` is a reply's
/// text as if a server had said it: "4yz x.y.z ..." or "5yz x.y.z ...".
struct Route {
  std::vector<Host> hosts;        ///< by preference
  std::string refusal;            ///< "" unless `hosts` is empty
  bool authenticated = false;     ///< the names of the hosts are vouched for by DNSSEC
  std::int64_t ttl = kRouteKept;  ///< seconds that DNS lets it be used
  std::int64_t until = 0;         ///< when that is over; Routes says it
};

/// 32 bits by chance.
using Random = std::function<std::uint32_t()>;

/// By preference, equal ones in an order of chance: whoever has several hosts spreads the load so
/// (RFC 5321 §5.1).
template <class AnyHost>
void put_in_order(std::vector<AnyHost>& hosts, const Random& random) {
  for (std::size_t i = hosts.size(); i > 1; --i) std::swap(hosts[i - 1], hosts[random() % i]);
  std::ranges::stable_sort(hosts, {}, &AnyHost::preference);
}

/// Resolver::find_route, or a test's own.
using FindRoute = std::function<asio::awaitable<Route>(std::string domain)>;

}  // namespace smtpd
