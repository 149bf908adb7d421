// How an account's servers may be reached, as somebody says: a domain's DNS, its autoconfig file, a
// Pabal installation that is at hand.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "mua/account.hpp"

namespace mua::welcome {

struct Service {
  Host host;
  Security security = Security::kTls;
  bool operator==(const Service& other) const {
    return host.name == other.host.name && host.port == other.host.port &&
           security == other.security;
  }
};

struct Proposal {
  std::string source;  ///< for people: "DNS (SRV records of example.test)"
  Service imap, smtp;
  std::string user;          ///< login name; "" for the address
  std::filesystem::path ca;  ///< "" for the system's
};

/// Whether a host is the domain or below it.
bool lies_in(std::string_view host, std::string_view domain);

}  // namespace mua::welcome
