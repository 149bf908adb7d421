// What the octets of a message ask of those who carry it (RFC 2045 §2.7 to §2.9): lines of ASCII,
// lines of any octets, or anything at all.
#pragma once

#include <cstddef>
#include <string_view>

#include "mail/piece_source.hpp"

namespace mail {

/// Each carries what those before it carry.
enum class BodyType { k7Bit, k8BitMime, kBinaryMime };

/// Octets that a line of text may have, without its CRLF (RFC 5322 §2.1.1, RFC 5321 §4.5.3.1.6).
inline constexpr std::size_t kMaxTextLine = 998;

/// Binary is what DATA can't carry: NUL, a CR or LF that is not part of CRLF, a longer line.
BodyType body_type(std::string_view content);
/// The same of what is not whole in memory.
BodyType body_type(const PieceSource& content);

}  // namespace mail
