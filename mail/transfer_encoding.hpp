// Content transfer encodings (RFC 2045 §6): lenient in decoding, exact in encoding. The codecs
// are mimetic's, but for the writing of quoted-printable.
#pragma once

#include <string>
#include <string_view>

namespace mail {

/// Characters outside the alphabet are skipped, missing padding is no error, and padding in the
/// middle only ends a quantum (RFC 2045 §6.8).
std::string decode_base64_body(std::string_view text);
/// Lines of 76 characters, each ended by CRLF.
std::string encode_base64_body(std::string_view octets);

/// "=" that begins neither an octet nor a soft line break stays as it is; white space before a line
/// end goes (RFC 2045 §6.7).
std::string decode_quoted_printable(std::string_view text);
/// Text whose lines end in CRLF; these stay line ends. Lines "From " and "." are protected.
std::string encode_quoted_printable(std::string_view text);

/// How much of the beginning of `text` can be decoded by itself: what is decoded in such pieces,
/// one after the other, is what is decoded whole. 0: it takes more text. For base64 and
/// quoted-printable, lower case.
std::size_t decodable_prefix(std::string_view text, std::string_view encoding);

/// By the name in a Content-Transfer-Encoding field, lower case; unknown names are identity.
std::string decode_transfer(std::string_view body, std::string_view encoding);
/// 7bit, 8bit, binary, and what is no encoding at all.
bool is_identity(std::string_view encoding);

}  // namespace mail
