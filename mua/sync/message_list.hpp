// Messages as the screen asks for them, newest first (by threads: thread_list.hpp): a window of a
// folder's list at a time, however long the list is. Every call is a few milliseconds at most on a
// folder of 100,000.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "mua/sync/local_store.hpp"
#include "mua/sync/model.hpp"

namespace mua::sync {

/// A folder of a store, as a list reads it.
struct ListSource {
  std::reference_wrapper<LocalStore> store;
  FolderId folder = 0;
};

class MessageList {
 public:
  explicit MessageList(LocalStore& store) : database_(store.database()) {}

  /// How many lines the list has: messages whose headers are here.
  std::uint32_t count(FolderId folder);
  std::uint32_t unread(FolderId folder);
  /// Lines [first, first + count), the newest first.
  std::vector<Row> window(FolderId folder, std::uint32_t first, std::uint32_t count);
  /// The line of a message, so that the cursor stays on it when others come and go; nullopt when it
  /// isn't in the folder any more.
  std::optional<std::uint32_t> position(FolderId folder, MessageId message);
  /// The first unread line from `from` on, else from the top.
  std::optional<std::uint32_t> next_unread(FolderId folder, std::uint32_t from);

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
