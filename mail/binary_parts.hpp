// Parts of transfer encoding "binary" that hold a NUL, written in base 64 instead. BINARY lets a
// client APPEND such octets (RFC 3516 §4.4), but no literal of BODY[] may hold a NUL (RFC 9051 §9,
// CHAR8), whoever asks for it: so they are kept in a form that everybody can be sent, and BINARY
// gives back the very octets. Pure.
#pragma once

#include <string>
#include <string_view>

namespace mail {

/// The message with those parts encoded, in lines of 76, and their header fields saying so. A NUL
/// anywhere else stays.
std::string encode_binary_parts(std::string_view message);

}  // namespace mail
