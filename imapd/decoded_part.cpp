#include "imapd/decoded_part.hpp"

#include <algorithm>
#include <utility>

#include "mail/transfer_encoding.hpp"

namespace imapd {

namespace {

constexpr std::uint64_t kMarkDistance = 64u << 10;  // encoded octets between two marks

}  // namespace

DecodedPart::DecodedPart(const mailstore::HeldContent& message, mail::Span body,
                         std::string encoding)
    : body_(body), encoding_(std::move(encoding)) {
  Mark mark;
  std::uint64_t length = kMarkDistance;
  while (mark.encoded < body_.size()) {
    const auto end = std::min<std::uint64_t>(mark.encoded + length, body_.size());
    const auto text = read(message, mark.encoded, end);
    const bool last = end == body_.size();
    const auto whole = last ? text.size() : mail::decodable_prefix(text, encoding_);
    // A line without an end, or of nothing but blanks, is taken together.
    length = whole == 0 ? length * 2 : kMarkDistance;
    if (whole == 0) continue;
    marks_.push_back(mark);
    mark.encoded += whole;
    mark.decoded += mail::decode_transfer(text.substr(0, whole), encoding_).size();
  }
  marks_.push_back(mark);
}

void DecodedPart::append_to(std::string& out, const mailstore::HeldContent& message,
                            std::uint64_t begin, std::uint64_t end) const {
  auto after = std::upper_bound(
      marks_.begin(), marks_.end(), begin,
      [](std::uint64_t offset, const Mark& mark) { return offset < mark.decoded; });
  for (auto mark = std::prev(after); begin < end; ++mark) {
    const auto text = read(message, mark->encoded, std::next(mark)->encoded);
    const auto octets = mail::decode_transfer(text, encoding_);
    const auto first = begin - mark->decoded;
    const auto count = std::min<std::uint64_t>(octets.size() - first, end - begin);
    out.append(octets, first, count);
    begin += count;
  }
}

std::string DecodedPart::read(const mailstore::HeldContent& message, std::uint64_t begin,
                              std::uint64_t end) const {
  std::string text;
  message.append_to(text, body_.begin + begin, body_.begin + end);
  return text;
}

}  // namespace imapd
