#include "mail/sequence_set.hpp"

#include "tests/fuzz/targets.hpp"

void fuzz::sequence_set(std::string_view octets) {
  const auto set = mail::SequenceSet::parse(octets);
  if (!set) return;
  check(mail::SequenceSet::parse(set->to_string())->ranges() == set->ranges());
  for (const std::uint32_t largest : {0U, 1U, 100U}) {
    std::uint64_t after = 0;
    for (const auto& [first, last] : set->resolve(largest)) {
      check(first <= last && (after == 0 || first > after));
      check(set->contains(first, largest) && set->contains(last, largest));
      after = std::uint64_t{last} + 1;
    }
  }
}
