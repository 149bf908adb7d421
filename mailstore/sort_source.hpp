// What SORT and THREAD compare of the messages chosen, from sort.db where it is packed, else from
// their headers. Where most of a mailbox is asked for, what is not packed yet is packed first, so
// that the next time is quick. Private to the room; used through SortRun and ThreadRun.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mailstore/slice.hpp"
#include "mailstore/sort_index.hpp"

namespace mailstore {

class SortSource {
 public:
  /// `uids`: those chosen, ascending; positions below are places among them. Both must stay.
  SortSource(MailboxId mailbox, const MailboxView& view, const std::vector<Uid>& uids);

  /// Finds out where everything is, and packs. True when it is done.
  bool prepare(Account& account, const Slice& slice);
  Progress progress() const;

  /// What is packed of the mailbox is read by chunks, so that a slice can end between two.
  std::size_t chunks() const { return used_.size(); }
  /// Whether it has messages behind the first `packed` that are packed of the mailbox.
  bool reaches_behind(std::size_t chunk, std::size_t packed) const {
    return used_[chunk].packed_before + used_[chunk].chunk.messages > packed;
  }
  using EachNumber = std::function<void(std::uint32_t position, std::int64_t number)>;
  using EachText = std::function<void(std::uint32_t position, std::string_view text)>;
  void numbers(std::size_t chunk, SortColumn column, const EachNumber& each);
  void texts(std::size_t chunk, SortColumn column, const EachText& each);
  /// Those in no chunk.
  void loose_numbers(SortColumn column, const EachNumber& each) const;
  void loose_texts(SortColumn column, const EachText& each) const;
  /// In the order of positions, those in no chunk too: all up to the end of the chunk, or with the
  /// last one up to the end.
  void threads(std::size_t chunk, const std::function<void(const Threadable&)>& each);
  void remaining_threads(const std::function<void(const Threadable&)>& each);

  /// Null: nothing is packed.
  SortIndex* index() { return index_ ? &*index_ : nullptr; }
  /// How many messages of the mailbox are packed, and which of them this is.
  std::size_t packed() const { return packed_; }
  static constexpr std::uint32_t kLoose = UINT32_MAX;
  std::uint32_t packed_number(std::uint32_t position) const { return packed_numbers_[position]; }
  /// All texts packed of the mailbox, whether chosen or not.
  void packed_texts(SortColumn column, const std::function<void(std::string_view)>& each);

 private:
  enum class Stage { kBegin, kPack, kLocate, kReadLoose, kDone };

  /// A chunk that has some of those chosen.
  struct Used {
    SortIndex::Chunk chunk;
    std::uint32_t packed_before = 0;   ///< messages in the chunks before it
    std::uint32_t begin = 0, end = 0;  ///< positions from its first to behind its last
  };

  void begin(Account& account);
  bool is_worth_packing(Uid packed_to) const;
  bool pack(Account& account, const Slice& slice);
  void finish_chunk();
  void locate();
  bool read_loose(Account& account, const Slice& slice);
  void read(const Used& used, SortColumn column,
            const std::function<void(ColumnReader&, std::size_t messages)>& each);
  const SortableMessage& loose(std::uint32_t position) const;
  void tell_thread(std::uint32_t position, const std::function<void(const Threadable&)>& each);

  MailboxId mailbox_;
  const MailboxView& view_;
  const std::vector<Uid>& uids_;
  Stage stage_ = Stage::kBegin;
  std::optional<SortIndex> index_;
  std::string secret_;
  std::size_t packed_ = 0;
  std::vector<SortIndex::Chunk> all_;
  std::vector<Used> used_;
  std::vector<std::uint32_t> packed_numbers_;  ///< by position; kLoose: in no chunk

  std::size_t next_to_pack_ = 0;  ///< an index of the view
  std::optional<ChunkWriter> writer_;
  SortIndex::Chunk writing_;

  std::uint32_t next_loose_ = 0;
  std::size_t read_since_look_ = 0;
  std::unordered_map<std::uint32_t, SortableMessage> loose_;  ///< by position
  std::uint32_t threads_told_ = 0;
};

/// What is compared of a message, from its header; only the UID when it vanished meanwhile.
SortableMessage read_sortable(Account& account, MailboxId mailbox, Uid uid);

}  // namespace mailstore
