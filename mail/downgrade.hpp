// A message made fit for a server that takes less than the message asks: 8-bit, binary and overlong
// content becomes quoted-printable or base 64, part by part (RFC 6152 §3, RFC 3030 §3, RFC 2045
// §6). Every part that is fit already stays octet for octet, as does what a signature covers: a
// message of which a signed part is not fit can't be converted (RFC 1847 §2.1). Decoded, each part
// has the octets that it had. Pure; large messages cost a copy of themselves.
#pragma once

#include <string>
#include <string_view>

#include "mail/body_type.hpp"
#include "mail/result.hpp"

namespace mail {

/// The message as `most` (k7Bit or k8BitMime) can carry it, or why it can't be: in words that
/// follow "The message can't be converted: ".
///   Content-Transfer-Encoding: 8bit        → Content-Transfer-Encoding: quoted-printable
///   <no MIME at all>                       → MIME-Version: 1.0
///                                            Content-Type: text/plain; charset=utf-8 ...
/// A long line of a header is folded; 8-bit octets in one can't be helped.
Result<std::string, std::string> downgrade(std::string_view message, BodyType most);

/// Are there octets beyond ASCII in the header, or in that of a part? Such a message goes by
/// SMTPUTF8 alone (RFC 6531 §3.4, RFC 6532 §3).
bool has_utf8_header(std::string_view message);

}  // namespace mail
