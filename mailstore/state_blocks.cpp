#include "mailstore/state_blocks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "mailstore/state_encoding.hpp"

namespace mailstore {

namespace {

using States = std::vector<MessageState>;
using Ranges = std::vector<mail::NumberRange>;

constexpr auto prefix_of = MessageStates::prefix_of;

[[noreturn]] void throw_damaged(const Database& database, Uid prefix) {
  throw StoreError(
      fmt::format("{}: the flags of the messages from UID {} on are damaged; "
                  "restore the file from a backup",
                  database.file().string(), prefix << MessageStates::kBlockBits));
}

States decode(Database& database, Uid prefix, std::string_view octets) {
  auto states = decode_states(octets, prefix);
  if (!states || states->empty()) throw_damaged(database, prefix);
  return *std::move(states);
}

struct Block {
  Uid prefix = 0;
  States states;
};

/// The first block from `prefix` on up to `last`.
std::optional<Block> find_block(Database& database, MailboxId mailbox, Uid prefix, Uid last) {
  Statement row = database.query(
      "SELECT prefix, states FROM state_block WHERE mailbox = ? AND prefix BETWEEN ? AND ? "
      "ORDER BY prefix LIMIT 1",
      mailbox, prefix, last);
  if (!row.step()) return std::nullopt;
  const auto found = static_cast<Uid>(row.integer(0));
  return Block{found, decode(database, found, row.text(1))};
}

void save_block(Database& database, MailboxId mailbox, Uid prefix, const States& states) {
  if (states.empty()) {
    database.run("DELETE FROM state_block WHERE mailbox = ? AND prefix = ?", mailbox, prefix);
    return;
  }
  ModSeq highest = 0;
  for (const MessageState& state : states) highest = std::max(highest, state.mod_seq);
  database.run(
      "INSERT INTO state_block VALUES (?, ?, ?, ?) ON CONFLICT (mailbox, prefix) "
      "DO UPDATE SET mod_seq = excluded.mod_seq, states = excluded.states",
      mailbox, prefix, highest, Blob{encode_states(states)});
}

/// Calls `each` for the messages of the block that are in the ranges; `range` is the first that may
/// hold one of them and moves on. True when the block has changed.
bool change_block(States& states, Ranges::const_iterator& range, const Ranges& ranges,
                  const std::function<StateChange(MessageState&)>& each) {
  bool changed = false;
  auto kept = states.begin();
  for (MessageState& state : states) {
    while (range != ranges.end() && range->last < state.uid) ++range;
    auto what = StateChange::kNone;
    if (range != ranges.end() && range->first <= state.uid) what = each(state);
    changed |= what != StateChange::kNone;
    if (what != StateChange::kRemoved) *kept++ = state;
  }
  states.erase(kept, states.end());
  return changed;
}

}  // namespace

void read_state_blocks(Database& database, MailboxId mailbox, ModSeq since,
                       const std::function<void(States&&)>& each) {
  for (Statement row =
           database.query("SELECT prefix, states FROM state_block WHERE mailbox = ? AND "
                          "mod_seq > ? ORDER BY prefix",
                          mailbox, since);
       row.step();)
    each(decode(database, static_cast<Uid>(row.integer(0)), row.text(1)));
}

void change_states(Database& database, MailboxId mailbox, const Ranges& ranges,
                   const std::function<StateChange(MessageState&)>& each) {
  Uid next = 0;
  for (auto range = ranges.begin(); range != ranges.end();) {
    next = std::max(next, prefix_of(range->first));
    auto block = find_block(database, mailbox, next, prefix_of(ranges.back().last));
    if (!block) return;
    if (change_block(block->states, range, ranges, each))
      save_block(database, mailbox, block->prefix, block->states);
    next = block->prefix + 1;
    while (range != ranges.end() && prefix_of(range->last) < next) ++range;
  }
}

void append_states(Database& database, MailboxId mailbox, const States& states) {
  for (auto begin = states.begin(); begin != states.end();) {
    const Uid prefix = prefix_of(begin->uid);
    const auto end = std::find_if(begin, states.end(), [prefix](const MessageState& state) {
      return prefix_of(state.uid) != prefix;
    });
    auto block = find_block(database, mailbox, prefix, prefix).value_or(Block{prefix, {}});
    if (!block.states.empty() && block.states.back().uid >= begin->uid)
      throw_damaged(database, prefix);
    block.states.insert(block.states.end(), begin, end);
    save_block(database, mailbox, prefix, block.states);
    begin = end;
  }
}

const MessageState* StateReader::find(Uid uid) {
  if (prefix_ != prefix_of(uid)) {
    prefix_ = prefix_of(uid);
    auto block = find_block(database_, mailbox_, *prefix_, *prefix_);
    states_ = block ? std::move(block->states) : States();
  }
  const auto found =
      std::lower_bound(states_.begin(), states_.end(), uid,
                       [](const MessageState& state, Uid sought) { return state.uid < sought; });
  return found != states_.end() && found->uid == uid ? &*found : nullptr;
}

}  // namespace mailstore
