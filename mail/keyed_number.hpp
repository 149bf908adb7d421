// A number that stands for a text, so that many texts can be compared and kept in little room: of
// 64 bits, from a digest keyed with a secret, so that nobody can write two texts that have the same
// number; among a million texts two have it by chance once in 37 million times. Pure.
#pragma once

#include <cstdint>
#include <string_view>

namespace mail {

/// Never 0, except for "".
std::uint64_t keyed_number(std::string_view secret, std::string_view text);

}  // namespace mail
