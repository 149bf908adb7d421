#include "imapd/vanished.hpp"

#include <algorithm>

namespace imapd {

std::string render_vanished_earlier(const std::vector<std::uint32_t>& expunged,
                                    const std::vector<mail::NumberRange>& skipped,
                                    const std::vector<mail::NumberRange>& asked) {
  auto ranges = mail::SequenceSet::of(expunged).ranges();
  for (auto gap : skipped) {
    for (auto wanted : asked) {
      mail::NumberRange both{std::max(gap.first, wanted.first), std::min(gap.last, wanted.last)};
      if (both.first <= both.last) ranges.push_back(both);
    }
  }
  if (ranges.empty()) return "";
  auto merged = mail::SequenceSet(std::move(ranges)).resolve(mail::SequenceSet::kStar - 1);
  return "* VANISHED (EARLIER) " + mail::SequenceSet(std::move(merged)).to_string() + "\r\n";
}

}  // namespace imapd
