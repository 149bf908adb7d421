// Which hosts take mail for a domain: MX records in order (RFC 5321 §5.1), the domain itself where
// it has none, no host at all for a null MX (RFC 7505). Pure: what DNS answered in, hosts or a
// refusal out. The questions are the resolver's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "smtpd/dns.hpp"
#include "smtpd/route.hpp"

namespace smtpd {

// RFC 5321 §5.1 wants at least two addresses tried; a domain with dozens of dead hosts, or one made
// to waste our time, must not keep its mail in one attempt for hours.
inline constexpr std::size_t kMaxHosts = 10;
inline constexpr std::size_t kMaxAddresses = 8;  ///< of one host

struct MxRecord {
  std::uint16_t preference = 0;
  std::string host;  ///< without the last dot; "" is the root of a null MX
};

/// The data of an MX record (RFC 1035 §3.3.9). nullopt for data that is none, and for a name that
/// no host can have (RFC 1123 §2.1, with the "_" that people use).
std::optional<MxRecord> read_mx(std::string_view data);

/// Names to look up. Without any, `refusal` says why; `no_address` is what to say should none of
/// them have an address.
struct MxChoice {
  std::vector<MxRecord> hosts;
  std::string refusal;
  std::string no_address;
};

/// Equal preferences are mixed by `random`, to spread load. Hosts not better than `self` are left
/// out, for mail would come back to us. At most kMaxHosts.
MxChoice choose_hosts(const std::string& domain, const Answer& answer, const std::string& self,
                      const Random& random);

/// What is known of a host: its addresses, and whether one of them is ours.
struct KnownHost {
  MxRecord mx;
  std::vector<asio::ip::address> addresses;
  bool is_self = false;
  std::string trouble;            ///< why its addresses aren't known now, "" if they are
  std::int64_t ttl = kRouteKept;  ///< seconds that they may be used
};

/// Where to go, once the addresses are known. Hosts not better than one with an address of ours are
/// left out; as long as one that is better may have an address tomorrow, that is no verdict.
Route choose_route(const std::vector<KnownHost>& hosts, const std::string& no_address);

/// "451 4.4.3 ...": DNS knows nothing now.
std::string lookup_trouble(const std::string& reason);

}  // namespace smtpd
