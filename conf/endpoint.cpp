#include "conf/endpoint.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace conf {
namespace {

bool is_address(int family, const std::string& host) {
  unsigned char octets[sizeof(in6_addr)];
  return inet_pton(family, host.c_str(), octets) == 1;
}

bool is_name(std::string_view host) {
  return !host.empty() && host.size() <= 255 &&
         std::all_of(host.begin(), host.end(), [](unsigned char c) {
           return std::isalnum(c) || c == '-' || c == '.' || c == '_';
         });
}

bool has_brackets(std::string_view host) {
  return host.size() > 2 && host.front() == '[' && host.back() == ']';
}

// endpoint = host ":" 1*5DIGIT
std::optional<Endpoint> split(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == text.npos) return std::nullopt;
  Endpoint endpoint{std::string(text.substr(0, colon)), 0};
  const auto port = text.substr(colon + 1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), endpoint.port);
  if (error != std::errc{} || end != port.data() + port.size()) return std::nullopt;
  if (!has_brackets(endpoint.host)) return endpoint;
  endpoint.host = endpoint.host.substr(1, endpoint.host.size() - 2);
  if (!is_address(AF_INET6, endpoint.host)) return std::nullopt;
  return endpoint;
}

bool is_ipv6(const Endpoint& endpoint) { return endpoint.host.find(':') != std::string::npos; }

}  // namespace

// listener = ("*" / IPv4 / "[" IPv6 "]") ":" port
std::optional<Endpoint> parse_listener(std::string_view text) {
  auto endpoint = split(text);
  if (!endpoint) return std::nullopt;
  if (endpoint->host == "*" || is_address(AF_INET, endpoint->host)) return endpoint;
  return is_ipv6(*endpoint) && text.front() == '[' ? endpoint : std::nullopt;
}

// server = (name / IPv4 / "[" IPv6 "]") ":" port
std::optional<Endpoint> parse_server(std::string_view text) {
  auto endpoint = split(text);
  if (!endpoint || endpoint->port == 0) return std::nullopt;
  if (is_ipv6(*endpoint)) return text.front() == '[' ? endpoint : std::nullopt;
  return is_name(endpoint->host) ? endpoint : std::nullopt;
}

// address = (IPv4 / "[" IPv6 "]") ":" port
std::optional<Endpoint> parse_address(std::string_view text) {
  auto endpoint = parse_listener(text);
  if (!endpoint || endpoint->port == 0 || endpoint->host == "*") return std::nullopt;
  return endpoint;
}

std::string format_endpoint(const Endpoint& endpoint) {
  if (is_ipv6(endpoint)) return fmt::format("[{}]:{}", endpoint.host, endpoint.port);
  return fmt::format("{}:{}", endpoint.host, endpoint.port);
}

}  // namespace conf
