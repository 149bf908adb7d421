// How many messages one command may process (RFC 9738): those with the highest UIDs, and the
// client is told where it ended, so that it can go on below. COPY and APPEND do all or nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "imapd/reply.hpp"
#include "imapd/selected.hpp"
#include "mail/partial_range.hpp"

namespace imapd {

/// "MESSAGELIMIT 1000 23221"; without the UID where nothing was processed.
std::string message_limit_code(std::uint32_t limit, std::optional<mailstore::Uid> lowest = {});

/// Keeps of ascending ranges of sequence numbers the highest `limit` numbers; the lowest number
/// kept when that left some out.
std::optional<std::uint32_t> cut_to_limit(std::vector<mail::NumberRange>& sequence,
                                          std::uint32_t limit);

/// The same, as the UID that the client is to be told.
std::optional<mailstore::Uid> cut_to_limit(std::vector<mail::NumberRange>& sequence,
                                           const Selected& selected, std::uint32_t limit);

/// The messages of a page (RFC 9394 §3.3) of ascending ranges of sequence numbers.
std::vector<mail::NumberRange> page_of(const std::vector<mail::NumberRange>& sequence,
                                       const mail::PartialRange& page);

/// What a command that was cut down answers: its own response code goes first, and MESSAGELIMIT
/// into an untagged NO then (RFC 9738 §3.1).
Reply limited(Reply reply, std::uint32_t limit, std::optional<mailstore::Uid> lowest,
              std::string& out);

}  // namespace imapd
