#include "mailstore/message_states.hpp"

#include <algorithm>
#include <utility>

namespace mailstore {

std::size_t MessageStates::block_of(std::size_t index) const {
  const auto after =
      std::upper_bound(blocks_.begin(), blocks_.end(), index,
                       [](std::size_t sought, const Block& block) { return sought < block.first; });
  return static_cast<std::size_t>(after - blocks_.begin()) - 1;
}

const MessageState& MessageStates::operator[](std::size_t index) const {
  const Block& block = blocks_[block_of(index)];
  return (*block.states)[index - block.first];
}

void MessageStates::const_iterator::find() const {
  const Block& block = states_->blocks_[states_->block_of(index_)];
  begin_ = block.states->data();
  first_ = block.first;
  count_ = block.states->size();
}

std::size_t MessageStates::lower_bound(Uid uid) const {
  const auto block =
      std::lower_bound(blocks_.begin(), blocks_.end(), prefix_of(uid),
                       [](const Block& each, Uid prefix) { return each.prefix < prefix; });
  if (block == blocks_.end()) return size_;
  const States& states = *block->states;
  const auto found =
      std::lower_bound(states.begin(), states.end(), uid,
                       [](const MessageState& state, Uid sought) { return state.uid < sought; });
  return block->first + static_cast<std::size_t>(found - states.begin());
}

/// Whoever is alone with a block stays so: a block is shared by copying a view that has it.
MessageStates::States& MessageStates::own(Block& block) {
  if (block.states.use_count() > 1) block.states = std::make_shared<States>(*block.states);
  // To look at the count orders nothing, to change it does: whoever has just let go, on another
  // thread, has read to the end by now.
  static_cast<void>(std::shared_ptr<States>(block.states));
  return *block.states;
}

void MessageStates::push_back(const MessageState& state) {
  const Uid prefix = prefix_of(state.uid);
  if (blocks_.empty() || blocks_.back().prefix != prefix)
    blocks_.push_back({prefix, static_cast<std::uint32_t>(size_), std::make_shared<States>()});
  own(blocks_.back()).push_back(state);
  ++size_;
}

void MessageStates::push_back_block(std::vector<MessageState> states) {
  if (states.empty()) return;
  const std::size_t more = states.size();
  blocks_.push_back({prefix_of(states.front().uid), static_cast<std::uint32_t>(size_),
                     std::make_shared<States>(std::move(states))});
  size_ += more;
}

void MessageStates::update(
    std::span<const MessageState> states,
    const std::function<void(std::size_t, const MessageState& before)>& each) {
  auto next = states.begin();
  for (Block& block : blocks_) {
    while (next != states.end() && prefix_of(next->uid) < block.prefix) ++next;
    if (next == states.end()) return;
    if (prefix_of(next->uid) != block.prefix) continue;
    States& known = own(block);
    for (std::size_t at = 0; at < known.size() && next != states.end(); ++at) {
      while (next != states.end() && next->uid < known[at].uid) ++next;
      if (next == states.end() || next->uid != known[at].uid) continue;
      const MessageState before = std::exchange(known[at], *next);
      if (each) each(block.first + at, before);
    }
  }
}

void MessageStates::erase(const std::vector<Uid>& uids) {
  auto next = uids.begin();
  for (Block& block : blocks_) {
    next = std::lower_bound(next, uids.end(), block.prefix << kBlockBits);
    if (next == uids.end()) break;
    if (prefix_of(*next) != block.prefix) continue;
    std::erase_if(own(block), [&](const MessageState& state) {
      return std::binary_search(next, uids.end(), state.uid);
    });
  }
  std::erase_if(blocks_, [](const Block& block) { return block.states->empty(); });
  renumber();
}

void MessageStates::share(const MessageStates& other) {
  auto theirs = other.blocks_.begin();
  for (Block& block : blocks_) {
    theirs = std::lower_bound(theirs, other.blocks_.end(), block.prefix,
                              [](const Block& each, Uid prefix) { return each.prefix < prefix; });
    if (theirs == other.blocks_.end()) return;
    const bool same = theirs->prefix == block.prefix && theirs->states != block.states &&
                      *theirs->states == *block.states;
    if (same) block.states = theirs->states;
  }
}

void MessageStates::renumber() {
  size_ = 0;
  for (Block& block : blocks_) {
    block.first = static_cast<std::uint32_t>(size_);
    size_ += block.states->size();
  }
}

}  // namespace mailstore
