// How sort.db packs what SORT and THREAD compare: a column has the value of each message of a
// chunk, one after the other. Numbers are little-endian; a text has its length in two octets before
// it. Pure, and private to the room.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mail/sort_facts.hpp"
#include "mail/thread.hpp"
#include "mailstore/account.hpp"

namespace mailstore {

/// Never renumbered: they are part of keys in sort.db.
enum class SortColumn {
  kUid = 0,      ///< 4 octets
  kArrival = 1,  ///< 8 octets each
  kDate = 2,     ///< Date:, INTERNALDATE without one
  kSize = 3,
  kThread = 4,   ///< what ThreadValues reads
  kSubject = 5,  ///< texts
  kFrom = 6,
  kTo = 7,
  kCc = 8,
  kDisplayFrom = 9,
  kDisplayTo = 10,
};
constexpr int kSortColumns = 11;

/// A message and what is compared of it.
struct SortableMessage {
  Uid uid = 0;
  std::int64_t content = 0;
  std::int64_t arrival = 0;  ///< INTERNALDATE, seconds since 1970
  std::int64_t size = 0;
  mail::SortFacts facts;

  std::int64_t date() const { return facts.sent_at != 0 ? facts.sent_at : arrival; }
  std::int64_t number(SortColumn column) const;
  const std::string& text(SortColumn column) const;
};

/// What THREAD compares.
struct Threadable {
  mail::ThreadMessage message;
  std::vector<std::uint64_t> references;
};
Threadable threadable(const SortableMessage& message, std::string_view secret);

/// One chunk while it is packed.
class ChunkWriter {
 public:
  explicit ChunkWriter(std::string secret) : secret_(std::move(secret)) {}

  void add(const SortableMessage& message);
  std::size_t messages() const { return messages_; }
  const std::string& column(int number) const { return columns_[static_cast<std::size_t>(number)]; }

 private:
  std::string secret_;
  std::size_t messages_ = 0;
  std::array<std::string, kSortColumns> columns_;
};

/// Reads a column's values in order. Damaged octets read as zeros and empty texts, never beyond.
class ColumnReader {
 public:
  explicit ColumnReader(std::string_view octets) : rest_(octets) {}

  bool at_end() const { return rest_.empty(); }
  std::uint32_t uid() { return static_cast<std::uint32_t>(number(4)); }
  std::int64_t number() { return static_cast<std::int64_t>(number(8)); }
  std::string_view text();
  void thread(Threadable& value);

 private:
  std::uint64_t number(std::size_t octets);

  std::string_view rest_;
};

void append_little_endian(std::string& out, std::uint64_t number, std::size_t octets);
void append_packed_text(std::string& out, std::string_view text);

}  // namespace mailstore
