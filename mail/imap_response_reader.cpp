#include "mail/imap_response_reader.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "mail/ascii.hpp"

namespace mail::imap {

namespace {

/// The size that "...{123}" announces at the end of a line.
std::optional<std::uint64_t> announced_literal(std::string_view line) {
  if (!line.ends_with('}')) return std::nullopt;
  const std::size_t open = line.rfind('{');
  if (open == std::string_view::npos) return std::nullopt;
  std::string_view digits = line.substr(open + 1, line.size() - open - 2);
  if (digits.ends_with('+')) digits.remove_suffix(1);
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
  if (digits.empty() || end != digits.data() + digits.size()) return std::nullopt;
  if (error != std::errc()) return UINT64_MAX;
  return size;
}

}  // namespace

ResponseReader::Status ResponseReader::feed(std::string_view& octets) {
  while (!octets.empty()) {
    if (literal_left_ > 0) {
      const auto taken = std::min<std::uint64_t>(literal_left_, octets.size());
      text_.append(octets.substr(0, taken));
      octets.remove_prefix(taken);
      literal_left_ -= taken;
      if (literal_left_ == 0) line_begin_ = text_.size();
      continue;
    }
    const Status status = feed_text(octets);
    if (status != Status::kMore) return status;
  }
  return Status::kMore;
}

ResponseReader::Status ResponseReader::feed_text(std::string_view& octets) {
  const std::size_t end = octets.find('\n');
  const std::size_t taken = end == std::string_view::npos ? octets.size() : end + 1;
  text_.append(octets.substr(0, taken));
  octets.remove_prefix(taken);
  if (text_.size() - literals_ > kMaxText) return Status::kTooLarge;
  return end == std::string_view::npos ? Status::kMore : end_of_line();
}

ResponseReader::Status ResponseReader::end_of_line() {
  std::string_view line = std::string_view(text_).substr(line_begin_);
  line.remove_suffix(line.ends_with("\r\n") ? 2 : 1);
  const auto size = may_have_literals() ? announced_literal(line) : std::nullopt;
  if (!size) return Status::kWhole;
  if (*size > kMaxResponse - std::min(kMaxResponse, text_.size())) return Status::kTooLarge;
  literals_ += *size;
  literal_left_ = *size;
  line_begin_ = text_.size();
  return Status::kMore;
}

// The text of a status response is for people and may end in "{5}" (RFC 9051 §7.1): there and in
// continuations no literal is looked for.
bool ResponseReader::may_have_literals() const {
  if (!text_.starts_with("* ")) return false;
  const std::string_view rest = std::string_view(text_).substr(2);
  for (std::string_view word : {"OK", "NO", "BAD", "BYE", "PREAUTH"}) {
    if (same_ignoring_case(rest.substr(0, word.size()), word) &&
        (rest.size() == word.size() || is_space(rest[word.size()]))) {
      return false;
    }
  }
  return true;
}

std::string ResponseReader::take() {
  std::string text = std::exchange(text_, {});
  line_begin_ = literals_ = 0;
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  return text;
}

}  // namespace mail::imap
