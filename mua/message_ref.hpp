// The id of a message on the command line: MAILBOX:UIDVALIDITY:UID says for ever which message is
// meant (RFC 9051 §2.3.1.1); MAILBOX:UID and a bare UID, for INBOX, are shorter to type and mean
// the mailbox as it is now.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mua {

struct MessageRef {
  std::string mailbox = "INBOX";
  std::uint32_t uid_validity = 0;  ///< 0: not said
  std::uint32_t uid = 0;

  /// INBOX:1763712345:42
  std::string full() const;
  /// 42, Archive:42
  std::string brief() const;
  bool operator==(const MessageRef&) const = default;
};

/// nullopt when `text` is no id. A mailbox may have colons in its name.
///   42    Archive:42    INBOX:1763712345:42    a:b:1763712345:42
std::optional<MessageRef> parse_message_ref(std::string_view text);

}  // namespace mua
