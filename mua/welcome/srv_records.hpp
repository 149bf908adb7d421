// The servers a domain names in DNS: SRV records (RFC 2782) of mail services (RFC 6186, RFC 8314
// §5.1). Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mua/welcome/proposal.hpp"

namespace mua::welcome {

struct SrvRecord {
  std::uint16_t priority = 0, weight = 0, port = 0;
  std::string target;  ///< without the last dot; "" says that there is no such service
};

/// From the octets of its data; nullopt when they are no SRV record.
std::optional<SrvRecord> parse_srv(std::string_view data);

/// The one to take: of the lowest priority the heaviest. nullopt when there is none, or the domain
/// says that it has no such service.
std::optional<SrvRecord> best_of(const std::vector<std::string>& records);

/// What was asked for, in this order; TLS from the first octet comes before STARTTLS.
struct MailService {
  std::string_view label;
  Security security;
};
inline constexpr MailService kImapServices[] = {{"_imaps._tcp.", Security::kTls},
                                                {"_imap._tcp.", Security::kStartTls}};
inline constexpr MailService kSubmissionServices[] = {{"_submissions._tcp.", Security::kTls},
                                                      {"_submission._tcp.", Security::kStartTls}};

}  // namespace mua::welcome
