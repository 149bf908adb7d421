// How mail for a domain leaves: by MX, by the smarthost, or by the [[relay.policy]] that fits the
// domain best; with which protocol (RFC 5321, or RFC 2033's LMTP), how much TLS and which login.
// Pure: settings and a domain in, a plain value out.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "conf/settings.hpp"
#include "mail/smtp_client.hpp"
#include "smtpd/tls_policy.hpp"

namespace smtpd {

/// Who we are at the other end. The password stays in its file, which is read for each connection.
struct RelayLogin {
  std::string user;
  std::filesystem::path password_file;
};

struct WayOut {
  std::string name;  ///< destinations of the same name share connections: "b.test", "*" for the
                     ///< smarthost, "mail.b.test:25 for .b.test" for a policy's host
  std::optional<conf::Endpoint> host{};  ///< goes there; none: to the domain's MX
  std::filesystem::path socket{};        ///< or goes there, without any look-up
  std::uint16_t port = 0;                ///< of hosts found by MX; 0: the usual one
  mail::smtp::ClientOptions::Protocol protocol = mail::smtp::ClientOptions::Protocol::kSmtp;
  TlsPolicy tls{};
  std::optional<RelayLogin> login{};

  /// Equal where the demands on a connection are equal, "may" or "verify mx.b.test as ann": mail of
  /// several domains may then share connections to hosts that they have in common.
  std::string terms() const;
};

/// `domain` in ASCII, or an address literal. An exact policy counts before ".b.test", a longer one
/// of these before a shorter, and those before "*". With a smarthost only policies that name a host
/// are asked.
WayOut way_out(const conf::RelaySettings& settings, const std::string& domain);

/// The first line of a file that nobody but its owner may read or write. Throws conf::ValueError
/// that says what is wrong with it, and never what is in it.
std::string read_password(const std::filesystem::path& file);

/// Throws conf::ValueError where a password that the settings speak of can't be read.
void check_passwords(const conf::RelaySettings& settings);

}  // namespace smtpd
