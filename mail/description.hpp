// What a message store keeps of a message so that IMAP never parses on FETCH: ENVELOPE, BODY and
// BODYSTRUCTURE as RFC 9051 §7.5.2 text, and what SEARCH and SORT ask for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mail {

struct Description {
  std::string envelope;           ///< "(date subject from ...)", the parenthesised ENVELOPE
  std::string body;               ///< BODY: BODYSTRUCTURE without extension data
  std::string body_structure;     ///< BODYSTRUCTURE
  std::uint32_t header_size = 0;  ///< octets up to and with the empty line that ends the header
  std::int64_t sent_at = 0;       ///< Date: in seconds since 1970, 0 if missing or unreadable
  std::int32_t sent_zone_minutes = 0;  ///< its zone, for the calendar day that SENTON compares
  std::string message_id;              ///< Message-ID without angle brackets, "" if none
  std::int64_t thread = 0;             ///< thread_number of its header
};

/// Describes any octets at all: malformed MIME has a description too, the plainest that is true.
/// Linear in size. Depth is bounded at 100 nested parts and 10,000 parts in all: what lies deeper
/// is one opaque part.
Description describe(std::string_view message);

}  // namespace mail
