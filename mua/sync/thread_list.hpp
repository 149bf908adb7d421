// A list by threads, of a folder or of the inboxes of several accounts: threads by their newest
// message, newest first, and within one the answers below what they answer. A window at a time;
// what is above it is walked over in the index of threads alone. Of one message sent to two
// accounts each has a thread of its own.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "mua/sync/message_list.hpp"

namespace mua::sync {

/// Which threads are folded into their first line.
struct Folds {
  enum class Usual { kOpen, kFolded };
  Usual usual = Usual::kOpen;
  std::set<ThreadId> others{};  ///< those that are not as usual

  bool folded(ThreadId thread) const { return others.contains(thread) == (usual == Usual::kOpen); }
};

class ThreadList {
 public:
  /// The stores outlive it.
  ThreadList(std::vector<ListSource> sources, Folds folds = {});

  /// How many lines it has.
  std::uint32_t count() const;
  /// Lines [first, first + count): of a folded thread its first line alone, which says how many it
  /// stands for.
  std::vector<Row> window(std::uint32_t first, std::uint32_t count) const;
  /// The line of a message, of one that is folded away that of its thread; nullopt when it is in
  /// none of the folders.
  std::optional<std::uint32_t> position(MessageId message) const;
  /// The first unread line from `from` on, else from the top.
  std::optional<std::uint32_t> next_unread(std::uint32_t from) const;

 private:
  struct Lines {
    std::uint32_t begin, end;
  };
  const ListSource* source_of(MessageId message) const;
  std::vector<ThreadId> unread_threads() const;
  std::optional<std::uint32_t> unread_in(Lines lines, const std::vector<ThreadId>& unread) const;

  std::vector<ListSource> sources_;
  Folds folds_;
};

}  // namespace mua::sync
