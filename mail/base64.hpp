// Base 64 as mail uses it (RFC 4648 §4): one line, with padding. Decoding is strict, because SASL
// and IMAP BINARY must not accept two spellings of one value.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mail {

std::string base64_encode(std::string_view octets);

/// nullopt for anything that base64_encode would not write: white space, a wrong length, padding in
/// the middle, bits set below the last octet (RFC 4648 §3.5).
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace mail
