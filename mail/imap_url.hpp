// IMAP URLs that name a message or part of one, as CATENATE takes them (RFC 5092, and the forms of
// RFC 2192 that clients still write; PARTIAL is URL-PARTIAL of RFC 5550 §2.4.1). Absolute, or
// relative to the session. Whether it leads anywhere is the server's to say. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mail/imap_fetch.hpp"

namespace mail {

struct ImapUrl {
  /// Of "imap://user@host:port/...", decoded; empty when the URL is relative.
  std::string user, host;
  /// UTF-8; nullopt: the selected mailbox.
  std::optional<std::string> mailbox;
  std::uint32_t uid_validity = 0;  ///< 0: not given
  std::uint32_t uid = 0;
  Section section;
  std::optional<Partial> partial;  ///< length UINT64_MAX: to the end
};

/// The error says what is wrong with it.
ImapResult<ImapUrl> parse_imap_url(std::string_view url);

}  // namespace mail
