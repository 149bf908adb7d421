// One next hop: where it is, how well it does, and what waits for it. Domains with the same MX
// hosts, and the same demands, are one destination, so that they share its connections and its
// troubles. One I/O thread's.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "smtpd/route.hpp"
#include "smtpd/waiting_line.hpp"
#include "smtpd/way_out.hpp"
#include "smtpd/window.hpp"
#include "tls/context.hpp"

namespace smtpd {

/// The settings, and what is made of them once.
struct Terms {
  std::string hostname;  ///< ours
  conf::RelaySettings settings;
  tls::SslCtx context;  ///< believes the CAs of the settings
};

struct Destination {
  WayOut way;
  std::shared_ptr<const Terms> terms;
  std::shared_ptr<const Route> route;  ///< as it was looked up last
  Window window;
  WaitingLine line;
  unsigned connections = 0;               ///< open, or being opened
  unsigned opening = 0;                   ///< of these, those that have not taken a parcel yet
  unsigned working = 0;                   ///< of these, those that have carried something
  std::vector<asio::steady_timer*> idle;  ///< connections that wait for more to carry
  bool in_ring = false;                   ///< waits for its turn to open a connection
  std::map<std::string, std::int64_t> bad_hosts;  ///< not tried until then, if there are others

  /// There is something for one more connection to do.
  bool wants_connection(std::int64_t now) const;
  /// In the order to try, those that failed lately last. Drawn anew for each connection, so that
  /// equal hosts share what comes within a minute.
  std::vector<Host> hosts_to_try(std::int64_t now, const Random& random) const;
  void blame(const std::string& host, std::int64_t now);
  bool forgettable(std::int64_t now) const;
};

/// Those that may share connections have the same name. Hosts of equal preference are the same in
/// any order.
std::string destination_name(const WayOut& way, const Route& route);

}  // namespace smtpd
