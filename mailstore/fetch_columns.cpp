#include "mailstore/fetch_columns.hpp"

#include <utility>

#include "mailstore/sort_columns.hpp"

namespace mailstore {

namespace {

constexpr std::size_t kMostMessages = 512;
constexpr std::size_t kMostOctets = 256u << 10;  // of all texts: what one session holds of it
constexpr std::size_t kNumbersSize = 44;         // octets a message
constexpr std::size_t kLengthSize = 4;

void append_text(std::string& out, std::string_view text) {
  append_little_endian(out, text.size(), kLengthSize);
  out += text;
}

}  // namespace

void FetchChunkWriter::add(const StoredMessage& message) {
  if (messages_++ == 0) first_ = message.uid;
  last_ = message.uid;
  std::string& numbers = own(FetchColumn::kNumbers);
  append_little_endian(numbers, message.uid, 4);
  append_little_endian(numbers, static_cast<std::uint64_t>(message.internal_date), 8);
  append_little_endian(numbers, static_cast<std::uint32_t>(message.zone_minutes), 4);
  append_little_endian(numbers, static_cast<std::uint64_t>(message.save_date), 8);
  append_little_endian(numbers, static_cast<std::uint64_t>(message.content_id), 8);
  append_little_endian(numbers, message.size, 8);
  append_little_endian(numbers, message.header_size, 4);
  append_text(own(FetchColumn::kEnvelope), message.envelope);
  append_text(own(FetchColumn::kBodyStructure), message.body_structure);
}

bool FetchChunkWriter::is_full() const {
  const std::size_t octets =
      column(FetchColumn::kEnvelope).size() + column(FetchColumn::kBodyStructure).size();
  return messages_ == kMostMessages || octets >= kMostOctets;
}

bool FetchChunk::take_numbers(std::string octets, std::size_t messages) {
  if (octets.size() != messages * kNumbersSize) return false;
  numbers_ = std::move(octets);
  size_ = messages;
  return true;
}

/// A text is never empty: both begin with a parenthesis.
bool FetchChunk::take_texts(FetchColumn which, std::string octets) {
  Texts& texts = which == FetchColumn::kEnvelope ? envelopes_ : structures_;
  texts.octets = std::move(octets);
  texts.ends.clear();
  texts.ends.reserve(size_);
  std::size_t end = 0;
  while (texts.octets.size() - end > kLengthSize) {
    ColumnReader reader(std::string_view(texts.octets).substr(end, kLengthSize));
    const std::size_t length = reader.uid();
    end += kLengthSize;
    if (length == 0 || length > texts.octets.size() - end) return false;
    end += length;
    texts.ends.push_back(static_cast<std::uint32_t>(end));
  }
  return end == texts.octets.size() && texts.ends.size() == size_;
}

Uid FetchChunk::uid(std::size_t index) const {
  return ColumnReader(std::string_view(numbers_).substr(index * kNumbersSize)).uid();
}

std::string_view FetchChunk::text(const Texts& texts, std::size_t index) {
  if (texts.ends.empty()) return {};
  const std::size_t begin = (index == 0 ? 0 : texts.ends[index - 1]) + kLengthSize;
  return std::string_view(texts.octets).substr(begin, texts.ends[index] - begin);
}

StoredMessage FetchChunk::message(std::size_t index) const {
  ColumnReader numbers(std::string_view(numbers_).substr(index * kNumbersSize));
  StoredMessage message;
  message.uid = numbers.uid();
  message.internal_date = numbers.number();
  message.zone_minutes = static_cast<std::int32_t>(numbers.uid());
  message.save_date = numbers.number();
  message.content_id = numbers.number();
  message.size = static_cast<std::uint64_t>(numbers.number());
  message.header_size = numbers.uid();
  message.envelope = text(envelopes_, index);
  message.body_structure = text(structures_, index);
  return message;
}

}  // namespace mailstore
