#include "smtpd/way_out.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "conf/endpoint.hpp"
#include "conf/value_error.hpp"
#include "mail/address.hpp"
#include "mail/ascii.hpp"

namespace smtpd {

namespace {

using HopProtocol = mail::smtp::ClientOptions::Protocol;

// The name under which everything goes that the smarthost takes.
constexpr const char* kSmarthost = "*";

std::string ascii_pattern(const std::string& domain) {
  const bool below = domain.starts_with('.');
  const std::string name = domain.substr(below ? 1 : 0);
  return (below ? "." : "") + mail::ascii_lower(mail::domain_to_ascii(name).value_or(name));
}

/// How well a policy's pattern fits, 0 when it does not.
std::size_t fit(const std::string& pattern, const std::string& domain) {
  if (pattern == "*") return 1;
  const std::string name = ascii_pattern(pattern);
  if (name == domain) return SIZE_MAX;
  return name.starts_with('.') && domain.ends_with(name) ? 1 + name.size() : 0;
}

const conf::RelayPolicy* best_policy(const conf::RelaySettings& settings,
                                     const std::string& domain) {
  const conf::RelayPolicy* best = nullptr;
  std::size_t best_fit = 0;
  for (const conf::RelayPolicy& policy : settings.policies) {
    const bool bypasses = policy.host || !policy.socket.empty();
    const std::size_t its_fit = settings.smarthost && !bypasses ? 0 : fit(policy.domain, domain);
    if (its_fit <= best_fit) continue;
    best = &policy;
    best_fit = its_fit;
  }
  return best;
}

std::optional<RelayLogin> login_of(const std::string& user, const std::filesystem::path& file) {
  if (user.empty()) return std::nullopt;
  return RelayLogin{user, file};
}

WayOut by_smarthost(const conf::RelaySettings& settings) {
  WayOut way{.name = kSmarthost};
  way.host = settings.smarthost;
  way.tls = {tls_level(settings.smarthost_tls), settings.smarthost_names};
  way.login = login_of(settings.smarthost_user, settings.smarthost_password_file);
  return way;
}

WayOut by_policy(const conf::RelayPolicy& policy, const std::string& domain) {
  WayOut way{.name = domain};
  way.host = policy.host;
  way.socket = policy.socket;
  // Two policies may lead to one host with other demands, so each has connections of its own.
  if (policy.host) {
    way.name = fmt::format("{} for {}", conf::format_endpoint(*policy.host), policy.domain);
  }
  if (!policy.socket.empty()) {
    way.name = fmt::format("unix:{} for {}", policy.socket.string(), policy.domain);
  }
  way.port = policy.port == conf::RelayPolicy{}.port ? 0 : policy.port;
  way.protocol = policy.transport == "lmtp" ? HopProtocol::kLmtp : HopProtocol::kSmtp;
  way.tls = {tls_level(policy.tls), policy.names};
  way.login = login_of(policy.user, policy.password_file);
  return way;
}

}  // namespace

std::string WayOut::terms() const {
  return fmt::format("{} {} {}{}{}", protocol == HopProtocol::kLmtp ? "lmtp" : "smtp",
                     name_of(tls.level), fmt::join(tls.names, " "), login ? " as " : "",
                     login ? login->user : "");
}

WayOut way_out(const conf::RelaySettings& settings, const std::string& domain) {
  const std::string name = mail::ascii_lower(domain);
  if (const conf::RelayPolicy* policy = best_policy(settings, name)) {
    return by_policy(*policy, name);
  }
  return settings.smarthost ? by_smarthost(settings) : WayOut{.name = name};
}

std::string read_password(const std::filesystem::path& file) {
  const auto refuse = [&file](std::string_view reason) {
    throw conf::ValueError(file.string(), fmt::format("{}: {}", file.string(), reason));
  };
  struct stat status {};
  std::ifstream stream(file);
  if (!stream || ::stat(file.c_str(), &status) != 0)
    refuse(fmt::format("cannot be read ({})", std::strerror(errno)));
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    refuse("others may read or write it; its mode must be 0600");
  std::string password;
  std::getline(stream, password);
  if (password.ends_with('\r')) password.pop_back();
  if (password.empty()) refuse("is empty, expected the password on its first line");
  return password;
}

void check_passwords(const conf::RelaySettings& settings) {
  if (!settings.smarthost_user.empty()) read_password(settings.smarthost_password_file);
  for (const conf::RelayPolicy& policy : settings.policies) {
    if (!policy.user.empty()) read_password(policy.password_file);
  }
}

}  // namespace smtpd
