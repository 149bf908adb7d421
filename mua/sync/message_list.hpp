// Messages as the screen asks for them: a window of a folder's list at a time, however long the
// list is. Every call is a few milliseconds at most on a folder of 100,000.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <vector>

#include "mua/sync/local_store.hpp"
#include "mua/sync/model.hpp"

namespace mua::sync {

/// Which threads are folded into their first line.
struct Folds {
  enum class Usual { kOpen, kFolded };
  Usual usual = Usual::kOpen;
  std::set<ThreadId> others;  ///< those that are not as usual

  bool folded(ThreadId thread) const { return others.contains(thread) == (usual == Usual::kOpen); }
  bool none() const { return usual == Usual::kOpen && others.empty(); }
};

class MessageList {
 public:
  explicit MessageList(LocalStore& store) : database_(store.database()) {}

  /// How many lines the list has: messages whose headers are here.
  std::uint32_t count(FolderId folder);
  /// As many as the list by threads has with these folded.
  std::uint32_t count(FolderId folder, const Folds& folds);
  std::uint32_t unread(FolderId folder);
  /// Lines [first, first + count).
  std::vector<Row> window(FolderId folder, Order order, std::uint32_t first, std::uint32_t count);
  /// By threads: of a folded one its first line alone, which says how many it stands for.
  std::vector<Row> threaded_window(FolderId folder, std::uint32_t first, std::uint32_t count,
                                   const Folds& folds);
  /// The line of a message, so that the cursor stays on it when others come and go; nullopt when it
  /// isn't in the folder any more.
  std::optional<std::uint32_t> position(FolderId folder, Order order, MessageId message);
  /// By threads: of a message that is folded away the line of its thread.
  std::optional<std::uint32_t> threaded_position(FolderId folder, MessageId message,
                                                 const Folds& folds);
  /// The first unread line from `from` on, else from the top.
  std::optional<std::uint32_t> next_unread(FolderId folder, Order order, std::uint32_t from);
  std::optional<std::uint32_t> next_unread_in_threads(FolderId folder, std::uint32_t from,
                                                      const Folds& folds);

  /// Threads as single lines, newest first.
  std::uint32_t thread_count(FolderId folder);
  std::vector<ThreadRow> threads(FolderId folder, std::uint32_t first, std::uint32_t count);
  /// One thread's messages of the folder, answers below what they answer.
  std::vector<Row> thread(FolderId folder, ThreadId thread);

  /// In the order asked for; those that are gone are left out.
  std::vector<Row> rows(std::span<const MessageId> messages);
  std::optional<Row> row(MessageId message);
  std::optional<Header> header(MessageId message);
  /// By its UID in the folder.
  std::optional<MessageId> find(FolderId folder, std::uint32_t uid);

 private:
  mailstore::Database& database_;
};

}  // namespace mua::sync
