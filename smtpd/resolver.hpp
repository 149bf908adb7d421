// From a domain to the hosts and addresses that take its mail (RFC 5321 §5.1): the questions to
// DNS, the answers put together by mx.hpp, loops to ourselves left out. What DNS says is never an
// exception: trouble is a refusal that is worth another try.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "smtpd/dns.hpp"
#include "smtpd/mx.hpp"
#include "smtpd/route.hpp"

namespace smtpd {

/// Who we are, that mail to ourselves is seen; asked for each route.
struct Self {
  std::function<std::string()> hostname;
  std::function<std::vector<asio::ip::tcp::endpoint>()> listening;
  std::uint16_t port = 25;  ///< to which the routes lead
};

class Resolver {
 public:
  /// Throws std::runtime_error that says what is wrong with the settings. Goes before `io`.
  Resolver(asio::io_context& io, const conf::DnsSettings& settings, Self self);

  /// Throws as the constructor does, and then goes on by what it has. Safe from every thread.
  void change(const conf::DnsSettings& settings) { dns_.change(settings); }

  /// Where mail for a domain goes: U-label, A-label or address literal. Only on the thread of `io`.
  asio::awaitable<Route> find_route(std::string domain);
  /// The addresses of one host that the settings name, a name or an address: no MX is asked, and
  /// whatever DNS says is worth another try. Only on the thread of `io`.
  asio::awaitable<Route> find_host(std::string name);

 private:
  asio::awaitable<std::vector<KnownHost>> find_addresses(std::vector<MxRecord> hosts);

  Dns dns_;
  Self self_;
};

/// What the answers for A and AAAA together say of a host: IPv6 and IPv4 by turns (RFC 8305 §4), at
/// most kMaxAddresses. One of both answers is enough.
KnownHost to_host(MxRecord mx, const Answer& v6, const Answer& v4);

}  // namespace smtpd
