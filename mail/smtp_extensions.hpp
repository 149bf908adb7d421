// What a server announces in its reply to EHLO (RFC 5321 §4.1.1.1), as a client reads it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mail/smtp_reply.hpp"

namespace mail::smtp {

struct Extensions {
  bool pipelining = false;             ///< RFC 2920
  bool chunking = false;               ///< RFC 3030
  bool binarymime = false;             ///< RFC 3030
  bool eightbitmime = false;           ///< RFC 6152
  bool smtputf8 = false;               ///< RFC 6531
  bool starttls = false;               ///< RFC 3207
  bool dsn = false;                    ///< RFC 3461
  bool requiretls = false;             ///< RFC 8689
  bool size = false;                   ///< RFC 1870
  std::optional<std::uint64_t> limit;  ///< octets a message may have; nullopt: not said
  std::vector<std::string> auth;       ///< mechanisms, upper case (RFC 4954)
  bool operator==(const Extensions&) const = default;
};

/// Reads the reply; its first line is the server's name and greeting. "AUTH=PLAIN LOGIN", the form
/// from before RFC 4954, counts as "AUTH". Unknown keywords are passed over.
///   250-mail.example.test Hello
///   250-SIZE 52428800
///   250 AUTH PLAIN SCRAM-SHA-256
Extensions parse_extensions(const Reply& ehlo);

}  // namespace mail::smtp
