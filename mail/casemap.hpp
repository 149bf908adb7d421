// The collation i;unicode-casemap (RFC 5051), by which SORT and THREAD compare texts (RFC 5255
// §4.6): no language is special, case and the form of accents make no difference. Pure.
#pragma once

#include <string>
#include <string_view>

namespace mail {

/// The octets that stand for the text: two texts are equal, or ordered, as these are. Each
/// character in title case, decomposed. Broken UTF-8 is repaired first.
std::string casemap(std::string_view utf8);

}  // namespace mail
