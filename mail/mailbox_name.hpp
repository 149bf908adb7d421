// Mailbox names on the wire (RFC 3501 §5.1.3 modified UTF-7, RFC 9051 §5.1 UTF-8), and the
// wildcards of LIST. Inside Pabal a name is UTF-8 with '/' between levels, and INBOX is always
// "INBOX".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mail {

/// How a session writes names: modified UTF-7 until the client enabled UTF-8.
enum class NameForm { kModifiedUtf7, kUtf8 };

/// nullopt for what is no name in that form: a broken "&...-", invalid UTF-8. Plain UTF-8 is taken
/// in both forms, because clients send it unasked.
std::optional<std::string> decode_mailbox_name(std::string_view wire, NameForm form);
std::string encode_mailbox_name(std::string_view name, NameForm form);

/// "inbox" → "INBOX" and "inbox/x" → "INBOX/x"; others unchanged.
std::string canonical_mailbox_name(std::string name);

/// "*" any octets, "%" any but '/' (RFC 9051 §6.3.9). INBOX is matched in any case. Time is bounded
/// by the product of the lengths whatever the pattern.
bool mailbox_matches(std::string_view pattern, std::string_view name);

}  // namespace mail
