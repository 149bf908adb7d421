// Addresses with ports as the settings write them.
#pragma once

#include <optional>
#include <string_view>

#include "conf/settings.hpp"

namespace conf {

/// An address to listen on: "127.0.0.1:25", "[::1]:25", "*:25"; port 0 is any free one. IPv6
/// addresses come out without brackets.
std::optional<Endpoint> parse_listener(std::string_view text);
/// A server to connect to: a name or an address, and a port from 1.
std::optional<Endpoint> parse_server(std::string_view text);

/// A server that no name leads to, such as a name server: an address, and a port from 1.
std::optional<Endpoint> parse_address(std::string_view text);

/// As parse_listener reads it.
std::string format_endpoint(const Endpoint& endpoint);

}  // namespace conf
