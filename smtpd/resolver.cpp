#include "smtpd/resolver.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <random>
#include <utility>

#include "conf/log.hpp"
#include "mail/address.hpp"
#include "smtpd/own_addresses.hpp"

namespace smtpd {

namespace {

using asio::ip::address;

constexpr const char* kNoSuchDomain = "550 5.1.2 No domain can have this name";

Route refused_route(std::string refusal) {
  Route route;
  route.refusal = std::move(refusal);
  return route;
}

/// "192.0.2.1", "2001:db8::1"
std::optional<address> to_address(const std::string& text) {
  boost::system::error_code wrong;
  const address found = asio::ip::make_address(text, wrong);
  return wrong ? std::nullopt : std::optional(found);
}

/// "[192.0.2.1]", "[IPv6:2001:db8::1]" (RFC 5321 §4.1.3)
std::optional<address> literal_address(const std::string& domain) {
  if (!domain.starts_with('[') || !domain.ends_with(']')) return std::nullopt;
  const std::string inside = domain.substr(1, domain.size() - 2);
  if (!inside.starts_with("IPv6:")) return to_address(inside);
  return to_address(inside.substr(5));
}

// A host of IPv4 alone may be written as IPv6; as what it is, it is compared and connected to.
address as_itself(const address& found) {
  if (found.is_v6() && found.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, found.to_v6());
  }
  return found;
}

template <class Address>
std::optional<address> read_address(const std::string& data) {
  typename Address::bytes_type octets;
  if (data.size() != octets.size()) return std::nullopt;
  std::memcpy(octets.data(), data.data(), octets.size());
  return as_itself(Address(octets));
}

template <class Address>
std::vector<address> read_addresses(const Answer& answer) {
  std::vector<address> addresses;
  for (const std::string& data : answer.records) {
    const auto found = read_address<Address>(data);
    if (found && is_reachable(*found)) addresses.push_back(*found);
  }
  return addresses;
}

std::vector<address> by_turns(const std::vector<address>& first,
                              const std::vector<address>& second) {
  std::vector<address> all;
  for (std::size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
    if (i < first.size()) all.push_back(first[i]);
    if (i < second.size()) all.push_back(second[i]);
  }
  if (all.size() > kMaxAddresses) all.resize(kMaxAddresses);
  return all;
}

void log_route(const std::string& domain, const Route& route) {
  std::string hosts;
  for (const Host& host : route.hosts) hosts += (hosts.empty() ? "" : " ") + host.name;
  conf::log(conf::Level::kDebug, "route",
            {{"domain", domain},
             {"hosts", hosts.empty() ? route.refusal : hosts},
             {"dnssec", route.authenticated ? "proved" : "unproved"}});
}

bool can_be_asked(const std::string& name) {
  return !name.empty() && name.size() <= 253 && name.find("..") == std::string::npos;
}

}  // namespace

KnownHost to_host(MxRecord mx, const Answer& v6, const Answer& v4) {
  KnownHost host;
  host.mx = std::move(mx);
  host.addresses =
      by_turns(read_addresses<asio::ip::address_v6>(v6), read_addresses<asio::ip::address_v4>(v4));
  for (const Answer* answer : {&v6, &v4}) {
    const bool trouble = answer->status == Answer::Status::kTrouble;
    if (trouble && host.addresses.empty()) host.trouble = answer->reason;
    if (!answer->records.empty()) host.ttl = std::min(host.ttl, answer->ttl);
  }
  return host;
}

Resolver::Resolver(asio::io_context& io, const conf::DnsSettings& settings, Self self)
    : dns_(io, settings), self_(std::move(self)) {}

asio::awaitable<Route> Resolver::find_route(std::string domain) {
  if (const auto literal = literal_address(domain)) {
    KnownHost host{{0, literal->to_string()}, {as_itself(*literal)}, false, ""};
    host.is_self = OwnAddresses(self_.listening(), self_.port).contains(host.addresses.front());
    co_return choose_route({host}, "");
  }
  const std::string ascii = mail::domain_to_ascii(domain).value_or("");
  if (!can_be_asked(ascii)) co_return refused_route(kNoSuchDomain);
  std::vector<Question> question{{ascii, RecordType::kMx}};
  const std::vector<Answer> answers = co_await dns_.ask(std::move(question));
  const Answer& mx = answers.front();
  const MxChoice choice =
      choose_hosts(ascii, mx, self_.hostname(), [] { return std::random_device{}(); });
  Route route = refused_route(choice.refusal);
  if (!choice.hosts.empty()) {
    const std::vector<KnownHost> hosts = co_await find_addresses(choice.hosts);
    route = choose_route(hosts, choice.no_address);
  }
  route.authenticated = mx.secure;
  route.ttl = std::min(route.ttl, mx.ttl);
  log_route(ascii, route);
  co_return route;
}

asio::awaitable<Route> Resolver::find_host(std::string name) {
  if (const auto plain = to_address(name)) co_return Route{{{name, {as_itself(*plain)}, 0}}, ""};
  const std::string none = "451 4.4.4 The host " + name + " has no address";
  const std::string ascii = mail::domain_to_ascii(name).value_or("");
  if (!can_be_asked(ascii)) co_return refused_route(none);
  std::vector<MxRecord> one{{0, ascii}};
  std::vector<KnownHost> hosts = co_await find_addresses(std::move(one));
  hosts.front().is_self = false;  // whoever named it has his reasons
  co_return choose_route(hosts, none);
}

asio::awaitable<std::vector<KnownHost>> Resolver::find_addresses(std::vector<MxRecord> hosts) {
  std::vector<Question> questions;
  for (const MxRecord& host : hosts) {
    questions.push_back({host.host, RecordType::kAaaa});
    questions.push_back({host.host, RecordType::kA});
  }
  const std::vector<Answer> answers = co_await dns_.ask(std::move(questions));
  const OwnAddresses own(self_.listening(), self_.port);
  std::vector<KnownHost> known;
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    KnownHost host = to_host(hosts[i], answers[2 * i], answers[2 * i + 1]);
    host.is_self = std::any_of(host.addresses.begin(), host.addresses.end(),
                               [&](const address& at) { return own.contains(at); });
    known.push_back(std::move(host));
  }
  co_return known;
}

}  // namespace smtpd
