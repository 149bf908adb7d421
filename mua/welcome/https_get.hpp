// A small file from the web, over HTTPS alone: the server's certificate is checked against the
// system's CAs, time, size and redirections are bounded. RFC 9110, RFC 9112.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mail/result.hpp"
#include "tls/asio.hpp"

namespace mua::welcome {

/// "https://autoconfig.example.test:8443/mail/config-v1.1.xml?emailaddress=a%40b"
struct Url {
  std::string host;
  std::uint16_t port = 443;
  std::string target = "/";
};
/// nullopt for anything but https.
std::optional<Url> parse_url(std::string_view text);

/// "a@b" → "a%40b"
std::string escaped(std::string_view text);

/// The body of a 200; the error says what came instead.
asio::awaitable<mail::Result<std::string, std::string>> https_get(std::string url);

}  // namespace mua::welcome
