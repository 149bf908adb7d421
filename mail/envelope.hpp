// ENVELOPE of a message (RFC 9051 §7.5.2) and the strings IMAP's descriptions are made of.
#pragma once

#include <string>
#include <string_view>

namespace mail {

/// "(date subject from sender reply-to to cc bcc in-reply-to message-id)" of the message whose
/// header is given; appended to `out`.
void append_envelope(std::string& out, std::string_view header);

/// As a quoted string, or as a literal when the text holds what a quoted string can't: 8-bit
/// octets (clients without UTF8=ACCEPT take them in literals only), CR, LF. NUL, which no IMAP
/// string may hold, becomes "?".
void append_string(std::string& out, std::string_view text);
/// NIL when empty.
void append_nstring(std::string& out, std::string_view text);

}  // namespace mail
