// Where mail for a domain goes, as DNS tells it: hosts in the order of RFC 5321 §5.1, each with the
// addresses to try. Plain values; made by Resolver::find_route, used by those who carry.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tls/asio.hpp"

namespace smtpd {

struct Host {
  std::string name;  ///< as the MX record has it; "192.0.2.1" of a literal
  std::vector<asio::ip::address> addresses{};  ///< in the order to try; IPv6 and IPv4 by turns
  std::uint16_t preference = 0;                ///< of its MX record, 0 where there is none
};

/// Where to go, or why there is nowhere to go: then `hosts` is empty and `refusal` is a reply's
/// text as if a server had said it: "4yz x.y.z ..." or "5yz x.y.z ...".
struct Route {
  std::vector<Host> hosts;     ///< to be tried in this order
  std::string refusal;         ///< "" unless `hosts` is empty
  bool authenticated = false;  ///< the names of the hosts are vouched for by DNSSEC
};

/// Resolver::find_route, or a test's own.
using FindRoute = std::function<asio::awaitable<Route>(std::string domain)>;

}  // namespace smtpd
