// Finding the servers of a new account, in this order: a Pabal installation that is at hand and has
// the domain; the domain's DNS (SRV records, RFC 6186, RFC 8314 §5.1); its autoconfig file, taken
// over HTTPS alone. Every step is bounded in time and told.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "conf/settings.hpp"
#include "mua/welcome/proposal.hpp"
#include "tls/asio.hpp"

namespace mua::welcome {

struct Asked {
  std::string address;
  std::optional<conf::Settings> installation{};
  std::function<void(const std::string& line)> told;
};

asio::awaitable<std::optional<Proposal>> discover(Asked asked);

/// As its settings have it, when it has the domain and ports with TLS.
std::optional<Proposal> from_installation(const conf::Settings& settings, std::string_view domain);

/// Where autoconfig files are, the likelier first.
std::vector<std::string> autoconfig_urls(std::string_view address);

/// Hosts outside of the domain that DNS led to: whoever can forge DNS could have named them, so
/// that a person has to agree (RFC 6186 §6). "" if there are none.
std::string strangers(const Proposal& proposal, std::string_view domain);

}  // namespace mua::welcome
