// VANISHED (EARLIER) (RFC 7162 §3.2.10.1): what a client that comes back is told to forget. Pure.
#pragma once

#include <string>
#include <vector>

#include "mail/sequence_set.hpp"

namespace imapd {

/// "* VANISHED (EARLIER) 3:5,9" for expunged UIDs, ascending, and for those of the skipped ranges
/// that the client has `asked` about; "" when there are none.
std::string render_vanished_earlier(const std::vector<std::uint32_t>& expunged,
                                    const std::vector<mail::NumberRange>& skipped,
                                    const std::vector<mail::NumberRange>& asked);

}  // namespace imapd
