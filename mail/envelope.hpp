// ENVELOPE of a message (RFC 9051 §7.5.2), rendered from its header.
#pragma once

#include <string>
#include <string_view>

namespace mail {

/// "(date subject from sender reply-to to cc bcc in-reply-to message-id)" of the message whose
/// header is given; appended to `out`.
void append_envelope(std::string& out, std::string_view header);

/// NIL when empty, else as append_string (imap_response.hpp).
void append_nstring(std::string& out, std::string_view text);

}  // namespace mail
