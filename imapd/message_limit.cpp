#include "imapd/message_limit.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace imapd {

std::string message_limit_code(std::uint32_t limit, std::optional<mailstore::Uid> lowest) {
  if (lowest) return fmt::format("MESSAGELIMIT {} {}", limit, *lowest);
  return fmt::format("MESSAGELIMIT {}", limit);
}

std::optional<std::uint32_t> cut_to_limit(std::vector<mail::NumberRange>& sequence,
                                          std::uint32_t limit) {
  std::uint32_t left = limit;
  for (auto range = sequence.rbegin(); range != sequence.rend(); ++range) {
    auto size = range->last - range->first + 1;
    if (size <= left) {
      left -= size;
      continue;
    }
    range->first = range->last + 1 - left;
    sequence.erase(sequence.begin(), left > 0 ? std::prev(range.base()) : range.base());
    return sequence.front().first;
  }
  return std::nullopt;
}

std::optional<mailstore::Uid> cut_to_limit(std::vector<mail::NumberRange>& sequence,
                                           const Selected& selected, std::uint32_t limit) {
  auto lowest = cut_to_limit(sequence, limit);
  if (!lowest) return std::nullopt;
  return selected.message(*lowest).uid;
}

std::vector<mail::NumberRange> page_of(const std::vector<mail::NumberRange>& sequence,
                                       const mail::PartialRange& page) {
  std::size_t count = 0;
  for (auto range : sequence) count += range.last - range.first + 1;
  auto span = page.among(count);
  std::vector<mail::NumberRange> cut;
  std::size_t passed = 0;
  for (auto range : sequence) {
    std::size_t size = range.last - range.first + 1;
    auto begin = std::max(span.begin, passed), end = std::min(span.end, passed + size);
    auto at = [&](std::size_t index) {
      return range.first + static_cast<std::uint32_t>(index - passed);
    };
    if (begin < end) cut.push_back({at(begin), at(end - 1)});
    passed += size;
  }
  return cut;
}

Reply limited(Reply reply, std::uint32_t limit, std::optional<mailstore::Uid> lowest,
              std::string& out) {
  if (!lowest || reply.status != Reply::Status::kOk) return reply;
  auto code = message_limit_code(limit, lowest);
  if (reply.code.empty() && !reply.expunged) {
    reply.code = std::move(code);
    return reply;
  }
  out += fmt::format("* NO [{}] Only the last {} messages were processed\r\n", code, limit);
  return reply;
}

}  // namespace imapd
