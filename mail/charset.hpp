// Text of any charset as UTF-8, by iconv. Never fails: broken octets become U+FFFD, and of text in
// an unknown charset the most likely reading is given.
#pragma once

#include <string>
#include <string_view>

namespace mail {

bool is_utf8(std::string_view octets);

/// `charset` as MIME names it, in any case, aliases included; "" and "us-ascii" with 8-bit octets,
/// and charsets nobody knows: UTF-8 if that is valid, else windows-1252.
std::string to_utf8(std::string_view octets, std::string_view charset);

/// Octets whose charset was not named.
std::string guess_utf8(std::string_view octets);

/// UTF-8 with each broken sequence replaced by U+FFFD.
std::string repair_utf8(std::string_view octets);

}  // namespace mail
