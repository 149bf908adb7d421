// Whether the servers of an installation really answer: EHLO on the SMTP ports, LHLO where LMTP is
// spoken, a greeting or a LOGIN over TLS on the IMAP ports, the certificate checked. RFC 5321
// §4.1.1.1, RFC 2033 §4.1, RFC 9051 §6.2.3.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "conf/settings.hpp"

namespace mailctl {

enum class Protocol { kSmtp, kSmtpTls, kLmtp, kImap, kImapTls };

struct Login {
  std::string user;
  std::string password;
};

/// One listener and what came of asking it.
struct Answer {
  std::string name;  ///< "smtp", "submission", "submissions", "lmtp", "imap", "imaps"
  conf::Endpoint endpoint;
  Protocol protocol = Protocol::kSmtp;
  std::string problem{};           ///< "" when it answered
  std::filesystem::path socket{};  ///< in place of the endpoint, of LMTP

  /// "127.0.0.1:25", "unix:/run/pabal/lmtp.sock"
  std::string place() const;
};

/// Every listener of the settings, not asked yet.
std::vector<Answer> listeners_of(const conf::Settings& settings);

/// Asks all of them, again and again until they answer or `wait` is over.
std::vector<Answer> probe(const conf::Settings& settings, const std::optional<Login>& login,
                          conf::seconds wait);

}  // namespace mailctl
