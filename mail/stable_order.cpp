#include "mail/stable_order.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace mail {
namespace {

constexpr unsigned kDigitBits = 11;
constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;
constexpr std::size_t kFew = 512;  // below, the counters cost more than comparing

std::size_t digit(std::uint64_t key, unsigned shift) { return (key >> shift) & (kDigits - 1); }

/// One pass: `from` by one digit of the keys into `to`.
void distribute(const std::vector<std::uint32_t>& from, std::vector<std::uint32_t>& to,
                const std::vector<std::uint64_t>& keys, unsigned shift) {
  std::array<std::uint32_t, kDigits> next{};
  for (const std::uint32_t index : from) ++next[digit(keys[index], shift)];
  std::uint32_t sum = 0;
  for (std::uint32_t& count : next) {
    const std::uint32_t here = count;
    count = sum;
    sum += here;
  }
  for (const std::uint32_t index : from) to[next[digit(keys[index], shift)]++] = index;
}

}  // namespace

void order_by(std::vector<std::uint32_t>& order, const std::vector<std::uint64_t>& keys) {
  const auto less = [&](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; };
  if (order.size() < kFew) return std::stable_sort(order.begin(), order.end(), less);
  // Digits in which no two keys differ need no pass.
  std::uint64_t differing = 0;
  for (const std::uint32_t index : order) differing |= keys[index] ^ keys[order.front()];
  std::vector<std::uint32_t> other(order.size());
  for (unsigned shift = 0; shift < 64; shift += kDigitBits) {
    if (digit(differing, shift) == 0) continue;
    distribute(order, other, keys, shift);
    order.swap(other);
  }
}

}  // namespace mail
