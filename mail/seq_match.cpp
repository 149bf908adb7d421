#include "mail/seq_match.hpp"

#include <algorithm>

namespace mail {

namespace {

std::uint64_t count(const std::vector<NumberRange>& ranges) {
  std::uint64_t numbers = 0;
  for (const auto& range : ranges) numbers += std::uint64_t{range.last} - range.first + 1;
  return numbers;
}

}  // namespace

bool has_star(const SequenceSet& set) {
  return std::any_of(set.ranges().begin(), set.ranges().end(), [](const NumberRange& range) {
    return range.first == SequenceSet::kStar || range.last == SequenceSet::kStar;
  });
}

bool is_valid(const SeqMatch& match) {
  return !has_star(match.numbers) && !has_star(match.uids) &&
         count(match.numbers.resolve(0)) == count(match.uids.resolve(0));
}

// The first pair that differs ends it: a message that is gone moves all numbers after it.
std::uint32_t agreed_up_to(const SeqMatch& match, std::uint32_t size,
                           const std::function<std::uint32_t(std::uint32_t)>& uid_at) {
  const auto uids = match.uids.resolve(0);
  std::uint32_t agreed = 0;
  std::size_t range = 0;
  std::uint32_t offset = 0;
  for (const auto& numbers : match.numbers.resolve(0)) {
    for (std::uint32_t number = numbers.first; number <= numbers.last; ++number) {
      if (range == uids.size() || number > size) return agreed;
      const std::uint32_t uid = uids[range].first + offset;
      if (uid_at(number) != uid) return agreed;
      agreed = uid;
      const bool range_ends = uid == uids[range].last;
      offset = range_ends ? 0 : offset + 1;
      if (range_ends) ++range;
    }
  }
  return agreed;
}

}  // namespace mail
