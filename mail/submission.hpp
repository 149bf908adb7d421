// What a submission server adds and takes away (RFC 6409 §8): Message-ID and Date when they are
// missing, Bcc removed (RFC 5322 §3.6.3 leaves it to the sender's side). Works on the header alone,
// so that the body can stream past.
#pragma once

#include <string>
#include <string_view>

#include "mail/date.hpp"

namespace mail {

/// What goes on in place of the first header_size(header) octets (mail/header.hpp); what follows
/// them is not looked at. `header` reaches at least to the empty line, lines end in CRLF.
/// `message_id` is given with its angle brackets. Fields are added at the header's end; all other
/// octets stay as they are. A message that has no header at all is given one, and becomes its body.
std::string complete_header(std::string_view header, DateTime now, std::string_view message_id);

}  // namespace mail
