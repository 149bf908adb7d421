// Threading as THREAD answers it (RFC 5256 §3; REFS of draft-ietf-morg-inthread): messages are
// handed in one by one, in the order of the mailbox, and linked at once; `finish` prunes, sorts and
// gathers. Message ids and subjects are numbers here: whoever hands them in sees to it that equal
// numbers mean equal texts. Linear in messages and references, whatever they say. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "mail/sort_criteria.hpp"

namespace mail {

struct ThreadMessage {
  std::int64_t sent_at = 0;   ///< seconds since 1970: by this siblings are ordered
  std::uint64_t subject = 0;  ///< base subject, 0 if empty
  std::uint64_t id = 0;       ///< message id, 0 if none
  bool is_reply = false;      ///< the subject is a reply's
};

/// A forest. Siblings are in the order in which they are told.
struct Threads {
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Node {
    std::uint32_t message = kNone;  ///< its number in the order handed in; kNone: a missing parent
    std::uint32_t first_child = kNone;
    std::uint32_t next_sibling = kNone;
  };
  std::vector<Node> nodes;
  std::uint32_t first_root = kNone;
};

class Threader {
 public:
  /// `expected`: about how many messages will come.
  Threader(ThreadAlgorithm algorithm, std::size_t expected);

  /// `references`: ids, the oldest first, the parent last; none is 0.
  void add(const ThreadMessage& message, std::span<const std::uint64_t> references);
  Threads finish() &&;

 private:
  static constexpr std::uint32_t kNone = Threads::kNone;

  struct Node {
    std::uint32_t parent = kNone;
    std::uint32_t message = kNone;
    std::uint32_t children = 0;
  };
  struct Slot {
    std::uint64_t id = 0;  ///< 0: free
    std::uint32_t node = 0;
  };

  struct Waiting {
    ThreadMessage message;
    std::vector<std::uint64_t> references;
  };
  static constexpr std::size_t kWaiting = 16;

  void link_message(const Waiting& waiting);
  std::uint32_t node_of(std::uint64_t id);
  std::uint32_t node_for(const ThreadMessage& message, std::uint32_t number);
  std::uint32_t add_node(std::uint32_t message);
  void grow();
  bool would_loop(std::uint32_t parent, std::uint32_t child) const;
  void link(std::uint32_t parent, std::uint32_t child);
  void unlink(std::uint32_t child);

  bool is_missing(std::uint32_t node) const { return nodes_[node].message == kNone; }
  std::vector<std::uint32_t> by_date() const;
  void prune();
  void gather_by_subject(const std::vector<std::uint32_t>& order);
  void merge(std::uint32_t current, std::uint32_t& gathered);
  void group_by_subject(const std::vector<std::uint32_t>& order);
  std::vector<std::uint32_t> roots(const std::vector<std::uint32_t>& order) const;
  std::vector<std::uint32_t> newest_last(const std::vector<std::uint32_t>& order);
  Threads told(const std::vector<std::uint32_t>& order, const std::vector<std::uint32_t>& roots);

  ThreadAlgorithm algorithm_;
  std::vector<ThreadMessage> messages_;
  std::vector<std::uint32_t> node_of_message_;
  std::vector<Node> nodes_;
  std::vector<Slot> slots_;  ///< open addressing, a power of two
  std::size_t used_slots_ = 0;
  std::array<Waiting, kWaiting> waiting_;  ///< the last ones added, in turns
  std::size_t added_ = 0;
};

}  // namespace mail
