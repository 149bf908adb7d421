#include "conf/endpoint.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace conf {
namespace {

bool is_ipv4(const std::string& host) {
  in_addr address;
  return inet_pton(AF_INET, host.c_str(), &address) == 1;
}

/// As every program writes it (RFC 5952), "" if it is none.
std::string canonical_ipv6(const std::string& host) {
  in6_addr address;
  char text[INET6_ADDRSTRLEN];
  if (inet_pton(AF_INET6, host.c_str(), &address) != 1) return "";
  return inet_ntop(AF_INET6, &address, text, sizeof text);
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
  endpoint.host = canonical_ipv6(endpoint.host.substr(1, endpoint.host.size() - 2));
  return endpoint.host.empty() ? std::nullopt : std::optional(endpoint);
}

bool is_ipv6(const Endpoint& endpoint) { return endpoint.host.find(':') != std::string::npos; }

}  // namespace

// listener = ("*" / IPv4 / "[" IPv6 "]") ":" port
std::optional<Endpoint> parse_listener(std::string_view text) {
  auto endpoint = split(text);
  if (!endpoint) return std::nullopt;
  if (endpoint->host == "*" || is_ipv4(endpoint->host)) return endpoint;
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
