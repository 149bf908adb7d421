#include "mail/thread.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "mail/stable_order.hpp"

namespace mail {
namespace {

constexpr std::size_t kFewestSlots = 64;
// A link that would lie deeper and brings a thread of its own along is not made: looking for loops
// would take the square of the depth.
constexpr int kDeepestLook = 4096;

std::size_t slots_for(std::size_t ids) {
  return std::bit_ceil(std::max(kFewestSlots, ids + ids / 2));
}

}  // namespace

Threader::Threader(ThreadAlgorithm algorithm, std::size_t expected) : algorithm_(algorithm) {
  messages_.reserve(expected);
  node_of_message_.reserve(expected);
  nodes_.reserve(expected);
  if (algorithm != ThreadAlgorithm::kOrderedSubject) slots_.resize(slots_for(expected));
}

// ---- Step 1: links

std::uint32_t Threader::add_node(std::uint32_t message) {
  nodes_.push_back({kNone, message, 0});
  return static_cast<std::uint32_t>(nodes_.size() - 1);
}

/// Of a message that may still come, or never.
std::uint32_t Threader::node_of(std::uint64_t id) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = id & mask;
  while (slots_[at].id != 0 && slots_[at].id != id) at = (at + 1) & mask;
  if (slots_[at].id == id) return slots_[at].node;
  const std::uint32_t node = add_node(kNone);
  slots_[at] = {id, node};
  if (++used_slots_ * 4 > slots_.size() * 3) grow();
  return node;
}

void Threader::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.id == 0) continue;
    std::size_t at = slot.id & mask;
    while (slots_[at].id != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

/// A message without an id, or with one that another has already, is known by no reference.
std::uint32_t Threader::node_for(const ThreadMessage& message, std::uint32_t number) {
  if (message.id == 0) return add_node(number);
  const std::uint32_t node = node_of(message.id);
  if (!is_missing(node)) return add_node(number);
  nodes_[node].message = number;
  return node;
}

bool Threader::would_loop(std::uint32_t parent, std::uint32_t child) const {
  if (parent == child) return true;
  // Nothing is below what has no children.
  if (nodes_[child].children == 0) return false;
  std::uint32_t above = parent;
  for (int steps = 0; above != kNone; above = nodes_[above].parent)
    if (above == child || ++steps > kDeepestLook) return true;
  return false;
}

void Threader::link(std::uint32_t parent, std::uint32_t child) {
  if (would_loop(parent, child)) return;
  nodes_[child].parent = parent;
  ++nodes_[parent].children;
}

void Threader::unlink(std::uint32_t child) {
  const std::uint32_t parent = std::exchange(nodes_[child].parent, kNone);
  if (parent != kNone) --nodes_[parent].children;
}

/// Looking ids up waits for memory: it is fetched while others are linked.
void Threader::add(const ThreadMessage& message, std::span<const std::uint64_t> references) {
  Waiting& place = waiting_[added_ % kWaiting];
  if (added_ >= kWaiting) link_message(place);
  ++added_;
  place.message = message;
  place.references.assign(references.begin(), references.end());
  if (slots_.empty()) return;
  const std::size_t mask = slots_.size() - 1;
  __builtin_prefetch(&slots_[message.id & mask]);
  for (const std::uint64_t reference : references) __builtin_prefetch(&slots_[reference & mask]);
}

void Threader::link_message(const Waiting& waiting) {
  const auto number = static_cast<std::uint32_t>(messages_.size());
  messages_.push_back(waiting.message);
  if (algorithm_ == ThreadAlgorithm::kOrderedSubject) {
    node_of_message_.push_back(add_node(number));
    return;
  }
  std::uint32_t parent = kNone;
  for (const std::uint64_t reference : waiting.references) {
    const std::uint32_t node = node_of(reference);
    // What others said first stays: of a message not here nobody knows better.
    if (parent != kNone && nodes_[node].parent == kNone) link(parent, node);
    parent = node;
  }
  const std::uint32_t node = node_for(waiting.message, number);
  node_of_message_.push_back(node);
  // A message knows its own parent better than those that came before it.
  if (nodes_[node].parent == parent) return;
  unlink(node);
  if (parent != kNone) link(parent, node);
}

// ---- Steps 2 and 3: missing messages

/// Afterwards a parent is a message, or a missing one at the top that has several children.
void Threader::prune() {
  std::vector<std::uint32_t> way;
  for (const std::uint32_t node : node_of_message_) {
    std::uint32_t above = nodes_[node].parent;
    way.clear();
    while (above != kNone && is_missing(above) && nodes_[above].parent != kNone) {
      way.push_back(above);
      above = nodes_[above].parent;
    }
    nodes_[node].parent = above;
    // Whoever comes by here again finds the way short.
    for (const std::uint32_t passed : way) nodes_[passed].parent = above;
  }
  for (Node& node : nodes_) node.children = 0;
  for (const std::uint32_t node : node_of_message_)
    if (nodes_[node].parent != kNone) ++nodes_[nodes_[node].parent].children;
  for (const std::uint32_t node : node_of_message_) {
    const std::uint32_t parent = nodes_[node].parent;
    if (parent != kNone && is_missing(parent) && nodes_[parent].children == 1) unlink(node);
  }
}

// ---- Step 4: order

/// The nodes of the messages, by date and then by place in the mailbox.
std::vector<std::uint32_t> Threader::by_date() const {
  std::vector<std::uint32_t> order(messages_.size());
  std::iota(order.begin(), order.end(), 0u);
  std::vector<std::uint64_t> keys;
  keys.reserve(messages_.size());
  for (const ThreadMessage& message : messages_) keys.push_back(sort_key(message.sent_at));
  order_by(order, keys);
  for (std::uint32_t& each : order) each = node_of_message_[each];
  return order;
}

/// By date; a missing one has the date of its first child.
std::vector<std::uint32_t> Threader::roots(const std::vector<std::uint32_t>& order) const {
  std::vector<std::uint32_t> roots;
  std::vector<bool> seen(nodes_.size());
  for (const std::uint32_t node : order) {
    const std::uint32_t parent = nodes_[node].parent;
    if (parent == kNone) roots.push_back(node);
    if (parent == kNone || !is_missing(parent) || seen[parent]) continue;
    seen[parent] = true;
    roots.push_back(parent);
  }
  return roots;
}

/// REFS: by the date of the newest message below.
std::vector<std::uint32_t> Threader::newest_last(const std::vector<std::uint32_t>& order) {
  std::vector<std::uint32_t> top(nodes_.size(), kNone), way;
  std::vector<std::uint32_t> last_first;
  std::vector<bool> seen(nodes_.size());
  for (auto node = order.rbegin(); node != order.rend(); ++node) {
    std::uint32_t above = *node;
    way.clear();
    while (top[above] == kNone && nodes_[above].parent != kNone) {
      way.push_back(above);
      above = nodes_[above].parent;
    }
    const std::uint32_t root = top[above] == kNone ? above : top[above];
    for (const std::uint32_t passed : way) top[passed] = root;
    if (seen[root]) continue;
    seen[root] = true;
    last_first.push_back(root);
  }
  std::reverse(last_first.begin(), last_first.end());
  return last_first;
}

// ---- Step 5: subjects

/// Threads that have the same base subject become one.
void Threader::gather_by_subject(const std::vector<std::uint32_t>& order) {
  // What speaks for a thread: its root, or the first child of a missing one.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> threads;  // root, message
  std::vector<bool> seen(nodes_.size());
  for (const std::uint32_t node : order) {
    const std::uint32_t parent = nodes_[node].parent;
    if (parent != kNone && (!is_missing(parent) || seen[parent])) continue;
    if (parent != kNone) seen[parent] = true;
    threads.emplace_back(parent == kNone ? node : parent, nodes_[node].message);
  }
  std::unordered_map<std::uint64_t, std::uint32_t> table;
  table.reserve(threads.size());
  const auto is_reply = [&](std::uint32_t node) {
    return messages_[nodes_[node].message].is_reply;
  };
  for (const auto& [root, message] : threads) {
    const std::uint64_t subject = messages_[message].subject;
    if (subject == 0) continue;
    const auto [known, is_new] = table.emplace(subject, root);
    if (is_new || is_missing(known->second)) continue;
    if (is_missing(root) || (is_reply(known->second) && !is_reply(root))) known->second = root;
  }
  for (const auto& [root, message] : threads) {
    const std::uint64_t subject = messages_[message].subject;
    if (subject == 0) continue;
    std::uint32_t& gathered = table.find(subject)->second;
    if (gathered != root) merge(root, gathered);
  }
}

/// Step 5.C: brings the thread `current` together with the one `gathered` under its subject.
void Threader::merge(std::uint32_t current, std::uint32_t& gathered) {
  const auto is_reply = [&](std::uint32_t node) {
    return messages_[nodes_[node].message].is_reply;
  };
  if (is_missing(current)) {
    // Its children have no parent any more: they find the other by it.
    nodes_[current].parent = gathered;
  } else if (is_missing(gathered) || (is_reply(current) && !is_reply(gathered))) {
    link(gathered, current);
  } else {
    const std::uint32_t both = add_node(kNone);
    link(both, gathered);
    link(both, current);
    gathered = both;
  }
}

// ---- ORDEREDSUBJECT

/// Of each subject the first message is the root, all others are its children (RFC 5256 §3).
void Threader::group_by_subject(const std::vector<std::uint32_t>& order) {
  std::unordered_map<std::uint64_t, std::uint32_t> first;
  first.reserve(order.size());
  for (const std::uint32_t node : order) {
    const auto [known, is_new] = first.emplace(messages_[nodes_[node].message].subject, node);
    if (!is_new) link(known->second, node);
  }
}

// ---- Step 6: what is told

Threads Threader::told(const std::vector<std::uint32_t>& order,
                       const std::vector<std::uint32_t>& roots) {
  Threads threads;
  threads.nodes.resize(nodes_.size());
  std::vector<std::uint32_t> last(nodes_.size(), kNone);
  for (std::size_t i = 0; i < nodes_.size(); ++i) threads.nodes[i].message = nodes_[i].message;
  for (const std::uint32_t node : order) {
    const std::uint32_t parent = nodes_[node].parent;
    if (parent == kNone) continue;
    const std::uint32_t before = std::exchange(last[parent], node);
    (before == kNone ? threads.nodes[parent].first_child : threads.nodes[before].next_sibling) =
        node;
  }
  for (auto root = roots.rbegin(); root != roots.rend(); ++root)
    threads.nodes[*root].next_sibling = std::exchange(threads.first_root, *root);
  return threads;
}

Threads Threader::finish() && {
  for (std::size_t next = added_ - std::min(added_, kWaiting); next < added_; ++next)
    link_message(waiting_[next % kWaiting]);
  std::vector<Slot>().swap(slots_);
  const std::vector<std::uint32_t> order = by_date();
  switch (algorithm_) {
    case ThreadAlgorithm::kOrderedSubject: group_by_subject(order); break;
    case ThreadAlgorithm::kRefs: prune(); return told(order, newest_last(order));
    case ThreadAlgorithm::kReferences:
      prune();
      gather_by_subject(order);
      prune();
      break;
  }
  return told(order, roots(order));
}

}  // namespace mail
