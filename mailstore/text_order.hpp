// The places of many texts among each other, by octets: eight of them at a time, so that texts that
// begin alike are not compared from their beginnings again and again. Pure, private to the room.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace mailstore {

struct TextOrder {
  std::vector<std::uint32_t>
      ranks;  ///< of each text; equal texts have the same, no rank is missing
  std::vector<std::uint32_t> first;  ///< by rank: the index of a text that has it
};

TextOrder order_texts(const std::vector<std::string_view>& texts);

}  // namespace mailstore
