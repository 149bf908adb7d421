// The first words of a message, for the list of a mailbox (RFC 8970): from the part a client would
// show, decoded, without quotations, markup and layout. Always the same text for the same octets.
// Pure.
#pragma once

#include <string>
#include <string_view>

namespace mail {

/// Characters of a preview at most (RFC 8970 §3.1 advises 200 and forbids more than 256).
inline constexpr unsigned kPreviewLength = 200;
/// A preview is made of this many octets at the beginning of a message, so that a large one costs
/// no more than a small one.
inline constexpr std::size_t kPreviewOctets = 128u << 10;

/// UTF-8 on one line; "" when there is nothing to read: no text, only attachments, encrypted.
std::string preview(std::string_view message);

}  // namespace mail
