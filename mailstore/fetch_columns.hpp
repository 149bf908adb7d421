// How fetch.db packs what FETCH shows of messages: a column has the value of each message of a
// chunk, one after the other. Numbers are little-endian; a text has its length in four octets
// before it. Damaged octets are noticed, never read beyond. Pure, and private to the room.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailstore/messages.hpp"

namespace mailstore {

/// Never renumbered: they are part of keys in fetch.db.
enum class FetchColumn {
  kNumbers = 0,  ///< all of a StoredMessage but texts, flags and thread
  kEnvelope = 1,
  kBodyStructure = 2,
};
constexpr int kFetchColumns = 3;

/// One chunk while it is packed.
class FetchChunkWriter {
 public:
  /// A message with more text than this is not packed.
  static constexpr std::size_t kMostText = 64u << 10;

  static bool takes(const StoredMessage& message) {
    return !message.envelope.empty() && !message.body_structure.empty() &&
           message.envelope.size() + message.body_structure.size() <= kMostText;
  }
  /// UIDs ascend.
  void add(const StoredMessage& message);
  bool is_full() const;

  std::uint32_t messages() const { return messages_; }
  Uid first() const { return first_; }
  Uid last() const { return last_; }
  const std::string& column(FetchColumn which) const {
    return columns_[static_cast<std::size_t>(which)];
  }

 private:
  std::string& own(FetchColumn which) { return columns_[static_cast<std::size_t>(which)]; }

  std::uint32_t messages_ = 0;
  Uid first_ = 0, last_ = 0;
  std::array<std::string, kFetchColumns> columns_;
};

/// One chunk that was packed, or those of its columns that are of use.
class FetchChunk {
 public:
  /// False: it is damaged.
  bool take_numbers(std::string octets, std::size_t messages);
  bool take_texts(FetchColumn which, std::string octets);

  std::size_t size() const { return size_; }
  Uid uid(std::size_t index) const;
  /// With the texts that were taken.
  StoredMessage message(std::size_t index) const;

 private:
  struct Texts {
    std::string octets;
    std::vector<std::uint32_t> ends;  ///< of each text
  };
  static std::string_view text(const Texts& texts, std::size_t index);

  std::size_t size_ = 0;
  std::string numbers_;
  Texts envelopes_, structures_;
};

}  // namespace mailstore
