// What SORT and THREAD compare of a message (RFC 5256 §2.2 and §3, RFC 5957 §3), worked out from
// its header once: texts as octets of the collation i;unicode-casemap, so that comparing them is
// comparing octets. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mail {

struct SortFacts {
  std::int64_t sent_at = 0;  ///< Date: in seconds since 1970, 0 if missing or unreadable
  std::string subject;       ///< base subject
  bool is_reply = false;     ///< the subject is that of a reply or of something forwarded
  std::string from, to, cc;  ///< mailbox of the first address, without its domain
  std::string display_from, display_to;  ///< name of the first address, the address if it has none
  std::string message_id;                ///< "" if it has no valid one
  std::vector<std::string> references;   ///< the oldest first, the parent last
};

/// Texts are never longer: what is cut ends with a digest of all of it, so that different texts
/// stay different.
constexpr std::size_t kLongestSortText = 1024;
/// Of longer References these many count: the last ones, nearest to the message.
constexpr std::size_t kMostReferences = 256;

SortFacts sort_facts(std::string_view header);

/// At most kLongestSortText octets of it.
std::string bounded_sort_text(std::string text);

}  // namespace mail
