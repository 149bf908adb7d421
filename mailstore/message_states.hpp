// The messages of a mailbox as sessions keep them: ascending by UID, read as a random-access range,
// in blocks that several views share until one of them changes its own. So ten sessions on a
// mailbox of 200,000 messages hold what one does. A value: copying it copies pointers to blocks.
// Blocks are immutable while they are shared, so views on different threads may share them.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <memory>
#include <span>
#include <vector>

#include "mailstore/account.hpp"

namespace mailstore {

/// Flags of one message in a mailbox: bits 0-7 are mail::SystemFlag, bit 8+n is keyword slot n of
/// the mailbox (mailbox_keywords), at most 55 of them.
using FlagBits = std::uint64_t;

struct MessageState {
  Uid uid = 0;
  ModSeq mod_seq = 0;
  FlagBits flags = 0;
  bool operator==(const MessageState&) const = default;
};

class MessageStates {
 public:
  class const_iterator;
  using value_type = MessageState;
  using size_type = std::size_t;
  using const_reference = const MessageState&;
  using reference = const MessageState&;
  using iterator = const_iterator;
  using difference_type = std::ptrdiff_t;

  /// 512 UIDs a block: 12 KiB to copy when one of them changes, 400 pointers for 200,000.
  static constexpr unsigned kBlockBits = 9;
  static constexpr Uid kInBlock = (Uid{1} << kBlockBits) - 1;
  /// What the UIDs of a block begin with.
  static constexpr Uid prefix_of(Uid uid) { return uid >> kBlockBits; }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const MessageState& operator[](std::size_t index) const;
  const MessageState& front() const { return blocks_.front().states->front(); }
  const MessageState& back() const { return blocks_.back().states->back(); }
  const_iterator begin() const;
  const_iterator end() const;

  /// Index of the first message with this UID or a higher one; size() when there is none.
  std::size_t lower_bound(Uid uid) const;

  /// The UID is higher than all.
  void push_back(const MessageState& state);
  /// All that there are of one block, ascending, higher than all before.
  void push_back_block(std::vector<MessageState> states);
  /// Takes over the states, ascending by UID, of those messages that are there. `each` hears the
  /// index of each and what it was.
  void update(std::span<const MessageState> states,
              const std::function<void(std::size_t, const MessageState& before)>& each = {});
  /// Those that are there of ascending UIDs.
  void erase(const std::vector<Uid>& uids);
  /// Takes the blocks of `other` in which the same stands.
  void share(const MessageStates& other);

 private:
  using States = std::vector<MessageState>;
  /// The messages whose UIDs begin with `prefix`: so the blocks of two views begin at the same
  /// UIDs, whatever either has forgotten. Never empty.
  struct Block {
    Uid prefix = 0;
    std::uint32_t first = 0;  ///< index of its first message
    std::shared_ptr<States> states;
  };

  std::size_t block_of(std::size_t index) const;
  static States& own(Block& block);
  void renumber();

  std::vector<Block> blocks_;
  std::size_t size_ = 0;
};

class MessageStates::const_iterator {
 public:
  using iterator_category = std::random_access_iterator_tag;
  using value_type = MessageState;
  using difference_type = std::ptrdiff_t;
  using pointer = const MessageState*;
  using reference = const MessageState&;

  const_iterator() = default;

  reference operator*() const {
    if (index_ - first_ >= count_) find();
    return begin_[index_ - first_];
  }
  pointer operator->() const { return &**this; }
  reference operator[](difference_type by) const { return *(*this + by); }
  const_iterator& operator+=(difference_type by) {
    index_ += static_cast<std::size_t>(by);
    return *this;
  }
  const_iterator& operator-=(difference_type by) { return *this += -by; }
  const_iterator& operator++() { return *this += 1; }
  const_iterator& operator--() { return *this += -1; }
  const_iterator operator++(int) {
    auto before = *this;
    ++*this;
    return before;
  }
  const_iterator operator--(int) {
    auto before = *this;
    --*this;
    return before;
  }
  friend const_iterator operator+(const_iterator at, difference_type by) { return at += by; }
  friend const_iterator operator+(difference_type by, const_iterator at) { return at += by; }
  friend const_iterator operator-(const_iterator at, difference_type by) { return at -= by; }
  friend difference_type operator-(const const_iterator& left, const const_iterator& right) {
    return static_cast<difference_type>(left.index_) - static_cast<difference_type>(right.index_);
  }
  friend bool operator==(const const_iterator& left, const const_iterator& right) {
    return left.index_ == right.index_;
  }
  friend auto operator<=>(const const_iterator& left, const const_iterator& right) {
    return left.index_ <=> right.index_;
  }

 private:
  friend class MessageStates;
  const_iterator(const MessageStates& states, std::size_t index)
      : states_(&states), index_(index) {}
  void find() const;

  const MessageStates* states_ = nullptr;
  std::size_t index_ = 0;
  // The block it was last in.
  mutable const MessageState* begin_ = nullptr;
  mutable std::size_t first_ = 0, count_ = 0;
};

inline MessageStates::const_iterator MessageStates::begin() const { return {*this, 0}; }
inline MessageStates::const_iterator MessageStates::end() const { return {*this, size_}; }

}  // namespace mailstore
