// Where mail would come back to us: the addresses of this machine on which smtpd takes mail from
// other servers. A mail loop that DNS makes is seen before it turns (RFC 5321 §5.1).
#pragma once

#include <cstdint>
#include <vector>

#include "tls/asio.hpp"

namespace smtpd {

class OwnAddresses {
 public:
  /// Of those `listening` at `port`. Where that is every address, the interfaces are read now.
  OwnAddresses(const std::vector<asio::ip::tcp::endpoint>& listening, std::uint16_t port);

  bool contains(const asio::ip::address& address) const;

 private:
  std::vector<asio::ip::address> addresses_;
  bool loopback_v4_ = false;  ///< all of 127.0.0.0/8
};

/// Whether another host can be there at all: not 0.0.0.0, which would be this machine, no multicast
/// or broadcast, no link-local IPv6, which says nothing without its interface.
bool is_reachable(const asio::ip::address& address);

}  // namespace smtpd
