// Ordering many messages by numbers: a stable radix sort, several times as fast as comparing where
// there are 100,000 of them. Ordering by the last criterion first and the first one last orders by
// all of them. Pure.
#pragma once

#include <cstdint>
#include <vector>

namespace mail {

/// Orders the indices in `order` by keys[index], ascending; what is equal keeps its order.
void order_by(std::vector<std::uint32_t>& order, const std::vector<std::uint64_t>& keys);

/// A key in which numbers below zero come first.
constexpr std::uint64_t sort_key(std::int64_t number) {
  return static_cast<std::uint64_t>(number) ^ (std::uint64_t{1} << 63);
}

}  // namespace mail
