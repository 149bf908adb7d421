#include "mail/sequence_set.hpp"

#include <algorithm>
#include <charconv>

#include "mail/ascii.hpp"

namespace mail {
namespace {

// seq-number = nz-number / "*"
std::optional<std::uint32_t> take_number(std::string_view& text) {
  if (text.empty()) return std::nullopt;
  if (text.front() == '*') {
    text.remove_prefix(1);
    return SequenceSet::kStar;
  }
  if (text.front() == '0' || !is_digit(text.front())) return std::nullopt;
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  // 4294967295 is a legal number, and not "*": no message has it, but some message is the last.
  return std::min(number, SequenceSet::kStar - 1);
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

// Overlapping and adjoining ranges become one.
std::vector<NumberRange> merged(std::vector<NumberRange> ranges) {
  std::sort(ranges.begin(), ranges.end(),
            [](const NumberRange& a, const NumberRange& b) { return a.first < b.first; });
  std::vector<NumberRange> result;
  for (const NumberRange& range : ranges) {
    const bool joins = !result.empty() &&
                       (result.back().last == UINT32_MAX || range.first <= result.back().last + 1);
    if (joins) {
      result.back().last = std::max(result.back().last, range.last);
    } else {
      result.push_back(range);
    }
  }
  return result;
}

void append_number(std::string& text, std::uint32_t number) {
  text += number == SequenceSet::kStar ? "*" : std::to_string(number);
}

}  // namespace

SequenceSet SequenceSet::of(const std::vector<std::uint32_t>& ascending) {
  std::vector<NumberRange> ranges;
  for (const std::uint32_t number : ascending) {
    if (!ranges.empty() && ranges.back().last + 1 == number) {
      ranges.back().last = number;
    } else {
      ranges.push_back({number, number});
    }
  }
  return SequenceSet(std::move(ranges));
}

// sequence-set = (seq-number / seq-range) *("," (seq-number / seq-range))
// 1:3,7,*
std::optional<SequenceSet> SequenceSet::parse(std::string_view text) {
  std::vector<NumberRange> ranges;
  do {
    const auto first = take_number(text);
    if (!first) return std::nullopt;
    auto last = first;
    if (take(text, ':')) last = take_number(text);
    if (!last) return std::nullopt;
    ranges.push_back({*first, *last});
  } while (take(text, ','));
  if (!text.empty()) return std::nullopt;
  return SequenceSet(std::move(ranges));
}

std::vector<NumberRange> SequenceSet::resolve(std::uint32_t largest) const {
  std::vector<NumberRange> resolved;
  resolved.reserve(ranges_.size());
  for (NumberRange range : ranges_) {
    const bool names_star = range.first == kStar || range.last == kStar;
    if (names_star && largest == 0) continue;
    if (range.first == kStar) range.first = largest;
    if (range.last == kStar) range.last = largest;
    if (range.first > range.last) std::swap(range.first, range.last);
    resolved.push_back(range);
  }
  return merged(std::move(resolved));
}

bool SequenceSet::contains(std::uint32_t number, std::uint32_t largest) const {
  return std::any_of(ranges_.begin(), ranges_.end(), [&](NumberRange range) {
    if ((range.first == kStar || range.last == kStar) && largest == 0) return false;
    const std::uint32_t a = range.first == kStar ? largest : range.first;
    const std::uint32_t b = range.last == kStar ? largest : range.last;
    return std::min(a, b) <= number && number <= std::max(a, b);
  });
}

std::string SequenceSet::to_string() const {
  std::string text;
  for (const NumberRange& range : ranges_) {
    if (!text.empty()) text += ',';
    append_number(text, range.first);
    if (range.last == range.first) continue;
    text += ':';
    append_number(text, range.last);
  }
  return text;
}

}  // namespace mail
