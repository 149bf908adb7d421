// Message flags (RFC 9051 §2.3.2): the system flags as bits, keywords as words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mail {

enum SystemFlag : std::uint8_t {
  kSeen = 1,
  kAnswered = 2,
  kFlagged = 4,
  kDeleted = 8,
  kDraft = 16,
};

/// A set of flags as a command or an appended message carries it. Keywords keep the case they were
/// first given.
struct FlagSet {
  std::uint8_t system = 0;
  std::vector<std::string> keywords;
  bool operator==(const FlagSet&) const = default;
};

/// "\Seen" → kSeen, in any case; nullopt for keywords, for \Recent and for unknown system flags.
std::optional<SystemFlag> parse_system_flag(std::string_view text);

/// "\Seen \Answered" in the order of the RFC, without parentheses.
std::string render_system_flags(std::uint8_t system);

}  // namespace mail
