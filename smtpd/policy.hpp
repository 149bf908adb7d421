// What the administrator decided, as sessions need it: one immutable value per load of the
// settings, shared by the sessions that began under it.
#pragma once

#include <cstdint>
#include <string>

#include "conf/settings.hpp"

namespace smtpd {

/// kMx: mail in for local domains (port 25). kSubmission: mail of our own users (587 and 465,
/// RFC 6409). kLmtp: mail in from a server that trusts us with the last step (RFC 2033). kLocal:
/// mail of the programs of this machine, over a Unix socket.
enum class Role { kMx, kSubmission, kLmtp, kLocal };

/// Mail for elsewhere is not taken.
constexpr bool is_for_here_only(Role role) { return role == Role::kMx || role == Role::kLmtp; }

struct Policy {
  std::string hostname;            ///< greeting, EHLO, Received
  std::string domain;              ///< of a bare login name and of `<postmaster>`
  std::uint64_t max_message_size;  ///< octets
  std::uint32_t max_recipients;
  conf::seconds command_timeout;
  conf::seconds data_timeout;
};

inline Policy make_policy(const conf::Settings& settings) {
  return {settings.hostname,
          settings.domain,
          settings.smtp.max_message_size,
          settings.smtp.max_recipients,
          settings.smtp.command_timeout,
          settings.smtp.data_timeout};
}

}  // namespace smtpd
