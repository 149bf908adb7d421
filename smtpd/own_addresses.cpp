#include "smtpd/own_addresses.hpp"

#include <ifaddrs.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>

namespace smtpd {

namespace {

using asio::ip::address;
using asio::ip::address_v4;
using asio::ip::address_v6;

std::optional<address> to_address(const sockaddr* from) {
  if (!from) return std::nullopt;
  if (from->sa_family == AF_INET) {
    sockaddr_in socket{};
    std::memcpy(&socket, from, sizeof socket);
    return address_v4(ntohl(socket.sin_addr.s_addr));
  }
  if (from->sa_family == AF_INET6) {
    sockaddr_in6 socket{};
    std::memcpy(&socket, from, sizeof socket);
    address_v6::bytes_type octets;
    std::memcpy(octets.data(), &socket.sin6_addr, octets.size());
    return address_v6(octets);
  }
  return std::nullopt;
}

std::vector<address> interface_addresses() {
  ifaddrs* first = nullptr;
  if (::getifaddrs(&first) != 0) return {};
  const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> owned(first, ::freeifaddrs);
  std::vector<address> addresses;
  for (const ifaddrs* at = first; at; at = at->ifa_next) {
    if (const auto found = to_address(at->ifa_addr)) addresses.push_back(*found);
  }
  return addresses;
}

}  // namespace

OwnAddresses::OwnAddresses(const std::vector<asio::ip::tcp::endpoint>& listening,
                           std::uint16_t port) {
  for (const auto& endpoint : listening) {
    if (endpoint.port() != port) continue;
    if (!endpoint.address().is_unspecified()) {
      addresses_.push_back(endpoint.address());
      continue;
    }
    for (const address& own : interface_addresses()) {
      if (own.is_v4() == endpoint.address().is_v4()) addresses_.push_back(own);
    }
    loopback_v4_ = loopback_v4_ || endpoint.address().is_v4();
  }
}

bool OwnAddresses::contains(const address& address) const {
  if (loopback_v4_ && address.is_v4() && address.is_loopback()) return true;
  return std::find(addresses_.begin(), addresses_.end(), address) != addresses_.end();
}

bool is_reachable(const address& address) {
  if (address.is_unspecified() || address.is_multicast()) return false;
  if (address.is_v4()) return address.to_v4() != address_v4::broadcast();
  return !address.to_v6().is_link_local();
}

}  // namespace smtpd
