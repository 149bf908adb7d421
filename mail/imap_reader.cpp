#include "mail/imap_reader.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace mail {

namespace {

constexpr std::size_t kLongestAnnouncement = 24;  // "{18446744073709551615+}"

// literal = "{" number64 ["+"] "}"      at the end of a line
std::optional<ImapReader::NeedLiteral> announced_literal(std::string_view line) {
  if (!line.ends_with('}')) return std::nullopt;
  auto open = line.rfind('{');
  if (open == std::string_view::npos) return std::nullopt;
  auto inside = line.substr(open + 1, line.size() - open - 2);
  ImapReader::NeedLiteral literal;
  if (inside.ends_with('+')) {
    literal.synchronizing = false;
    inside.remove_suffix(1);
  }
  auto is_digit = [](char octet) { return octet >= '0' && octet <= '9'; };
  if (inside.empty() || !std::all_of(inside.begin(), inside.end(), is_digit)) return std::nullopt;
  auto [end, code] = std::from_chars(inside.data(), inside.data() + inside.size(), literal.size);
  if (code != std::errc()) literal.size = UINT64_MAX;
  return literal;
}

constexpr std::size_t kShownOfOverlong = 256;  // enough for the tag of the answer

}  // namespace

ImapReader::Event ImapReader::feed(std::string_view& octets) {
  while (!octets.empty()) {
    if (state_ == State::kSkipLine) {
      auto event = skip_line(octets);
      if (!std::holds_alternative<NeedMore>(event)) return event;
      continue;
    }
    if (state_ != State::kLine) {
      if (state_ == State::kAsked || !take_octets(octets)) break;
      continue;
    }
    auto end = octets.find('\n');
    auto line = octets.substr(0, end);
    if (line_octets_ + line.size() > kMaxLine) {
      start_skipping(line);
      continue;
    }
    line_octets_ += line.size();
    text_ += line;
    octets.remove_prefix(std::min(octets.size(), line.size() + 1));
    if (end != std::string_view::npos) return end_of_line();
  }
  return NeedMore{};
}

ImapReader::Event ImapReader::end_of_line() {
  if (text_.ends_with('\r')) text_.pop_back();
  auto literal = announced_literal(text_);
  if (!literal) return Complete{};
  state_ = State::kAsked;
  pending_ = literal->size;
  return *literal;
}

void ImapReader::start_skipping(std::string_view line) {
  tail_ = text_.substr(text_.size() - std::min(text_.size(), kLongestAnnouncement));
  if (text_.empty()) text_ = line.substr(0, kShownOfOverlong);
  state_ = State::kSkipLine;
}

// What follows a non-synchronizing literal still belongs to the command that is skipped: read as
// commands it would let a message's text speak for the client.
ImapReader::Event ImapReader::skip_line(std::string_view& octets) {
  auto end = octets.find('\n');
  tail_ += octets.substr(0, end);
  if (tail_.size() > kLongestAnnouncement) tail_.erase(0, tail_.size() - kLongestAnnouncement - 1);
  octets.remove_prefix(end == std::string_view::npos ? octets.size() : end + 1);
  if (end == std::string_view::npos) return NeedMore{};
  if (tail_.ends_with('\r')) tail_.pop_back();
  auto literal = announced_literal(std::exchange(tail_, {}));
  if (!literal || literal->synchronizing) return Overlong{};
  pending_ = literal->size;
  state_ = State::kSkipLiteral;
  return NeedMore{};
}

bool ImapReader::take_octets(std::string_view& octets) {
  auto size = std::min<std::uint64_t>(octets.size(), pending_);
  if (state_ == State::kLiteral) text_ += octets.substr(0, size);
  octets.remove_prefix(size);
  pending_ -= size;
  if (pending_ == 0) state_ = state_ == State::kLiteral ? State::kLine : State::kSkipLine;
  return true;
}

void ImapReader::keep_literal() {
  text_ += "\r\n";
  state_ = pending_ == 0 ? State::kLine : State::kLiteral;
}

void ImapReader::literal_taken() { reset(); }

void ImapReader::reset() {
  state_ = State::kLine;
  std::string().swap(text_);
  std::string().swap(tail_);
  line_octets_ = 0;
  pending_ = 0;
}

std::string ImapReader::take_text() {
  auto text = std::move(text_);
  reset();
  return text;
}

}  // namespace mail
