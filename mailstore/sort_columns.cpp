#include "mailstore/sort_columns.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "mail/keyed_number.hpp"

namespace mailstore {

std::int64_t SortableMessage::number(SortColumn column) const {
  switch (column) {
    case SortColumn::kArrival: return arrival;
    case SortColumn::kSize: return size;
    default: return date();
  }
}

const std::string& SortableMessage::text(SortColumn column) const {
  switch (column) {
    case SortColumn::kFrom: return facts.from;
    case SortColumn::kTo: return facts.to;
    case SortColumn::kCc: return facts.cc;
    case SortColumn::kDisplayFrom: return facts.display_from;
    case SortColumn::kDisplayTo: return facts.display_to;
    default: return facts.subject;
  }
}

Threadable threadable(const SortableMessage& message, std::string_view secret) {
  Threadable value;
  value.message = {.sent_at = message.date(),
                   .subject = mail::keyed_number(secret, message.facts.subject),
                   .id = mail::keyed_number(secret, message.facts.message_id),
                   .is_reply = message.facts.is_reply};
  for (const std::string& id : message.facts.references)
    value.references.push_back(mail::keyed_number(secret, id));
  return value;
}

void append_little_endian(std::string& out, std::uint64_t number, std::size_t octets) {
  for (; octets > 0; --octets, number >>= 8) out += static_cast<char>(number & 0xff);
}

void append_packed_text(std::string& out, std::string_view text) {
  append_little_endian(out, text.size(), 2);
  out += text;
}

void ChunkWriter::add(const SortableMessage& message) {
  const auto column = [&](SortColumn which) -> std::string& {
    return columns_[static_cast<std::size_t>(which)];
  };
  append_little_endian(column(SortColumn::kUid), message.uid, 4);
  for (const SortColumn each : {SortColumn::kArrival, SortColumn::kDate, SortColumn::kSize})
    append_little_endian(column(each), static_cast<std::uint64_t>(message.number(each)), 8);
  for (const SortColumn each : {SortColumn::kSubject, SortColumn::kFrom, SortColumn::kTo,
                                SortColumn::kCc, SortColumn::kDisplayFrom, SortColumn::kDisplayTo})
    append_packed_text(column(each), message.text(each));
  const Threadable thread = threadable(message, secret_);
  std::string& threads = column(SortColumn::kThread);
  append_little_endian(threads, static_cast<std::uint64_t>(thread.message.sent_at), 8);
  append_little_endian(threads, thread.message.subject, 8);
  append_little_endian(threads, thread.message.id, 8);
  append_little_endian(threads, thread.message.is_reply ? 1 : 0, 1);
  append_little_endian(threads, thread.references.size(), 2);
  for (const std::uint64_t reference : thread.references)
    append_little_endian(threads, reference, 8);
  ++messages_;
}

std::uint64_t ColumnReader::number(std::size_t octets) {
  if (rest_.size() < octets) {
    rest_ = {};
    return 0;
  }
  std::uint64_t number = 0;
  if constexpr (std::endian::native == std::endian::little)
    std::memcpy(&number, rest_.data(), octets);
  else
    for (std::size_t i = 0; i < octets; ++i)
      number |= std::uint64_t{static_cast<unsigned char>(rest_[i])} << (8 * i);
  rest_.remove_prefix(octets);
  return number;
}

std::string_view ColumnReader::text() {
  std::size_t size = number(2);
  size = std::min(size, rest_.size());
  const std::string_view text = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return text;
}

void ColumnReader::thread(Threadable& value) {
  value.message.sent_at = number();
  value.message.subject = number(8);
  value.message.id = number(8);
  value.message.is_reply = number(1) != 0;
  std::size_t count = number(2);
  count = std::min(count, rest_.size() / 8);
  value.references.resize(count);
  for (std::uint64_t& reference : value.references) reference = number(8);
}

}  // namespace mailstore
