// What a submission server adds and takes away (RFC 6409 §8): Message-ID and Date when they are
// missing, Bcc removed (RFC 5322 §3.6.3 leaves it to the sender's side). Works on the header alone,
// so that the body can stream past.
#pragma once

#include <string>
#include <string_view>

#include "mail/date.hpp"

namespace mail {

/// The header as it should go on. `header` reaches at least to the empty line (what follows that is
/// not looked at), lines end in CRLF. `message_id` is given with its angle brackets. All other
/// octets stay as they are.
std::string complete_header(std::string_view header, DateTime now, std::string_view message_id);

}  // namespace mail
