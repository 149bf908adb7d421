// Sequence sets: "1:3,7,*" (RFC 9051 §9 sequence-set), as UIDs or message sequence numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mail {

/// Inclusive range; `*` is kStar until the set is resolved against a largest number.
struct NumberRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  bool operator==(const NumberRange&) const = default;
};

class SequenceSet {
 public:
  static constexpr std::uint32_t kStar = UINT32_MAX;

  SequenceSet() = default;
  explicit SequenceSet(std::vector<NumberRange> ranges) : ranges_(std::move(ranges)) {}
  /// Builds the shortest set of ascending, unique numbers.
  static SequenceSet of(const std::vector<std::uint32_t>& ascending);
  /// nullopt unless all of `text` is a sequence set. "$" is not one (SEARCHRES is a command's
  /// matter).
  static std::optional<SequenceSet> parse(std::string_view text);

  /// Sorted, merged ranges with `*` replaced by `largest` (0: an empty mailbox, where `*` names
  /// nothing).
  std::vector<NumberRange> resolve(std::uint32_t largest) const;
  bool contains(std::uint32_t number, std::uint32_t largest) const;
  bool empty() const { return ranges_.empty(); }
  const std::vector<NumberRange>& ranges() const { return ranges_; }
  std::string to_string() const;

 private:
  std::vector<NumberRange> ranges_;
};

}  // namespace mail
