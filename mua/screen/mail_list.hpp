// The list of messages on the screen: a folder flat or in threads, or what a search found. It keeps
// the cursor on its message while others come and go, and reads no more of the store than is seen.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mua/screen/list_view.hpp"
#include "mua/sync/joined_list.hpp"
#include "mua/sync/local_store.hpp"
#include "mua/sync/message_list.hpp"
#include "mua/sync/model.hpp"
#include "mua/sync/thread_list.hpp"

namespace mua::screen {

/// Where is searched.
enum class Scope { kFolder, kEverywhere };

class MailList {
 public:
  explicit MailList(sync::LocalStore& store) : store_(store) {}

  /// The inboxes that kAllInboxes joins, and the stores in which messages of any account are looked
  /// for.
  void set_accounts(std::vector<sync::ListSource> inboxes);
  /// These inboxes; none of a single account.
  std::vector<sync::ListSource> accounts() const;

  /// A folder of the store that was shown last, or kAllInboxes.
  void show(sync::FolderId folder);
  void show(sync::LocalStore& store, sync::FolderId folder);
  sync::FolderId folder() const { return folder_; }
  sync::Order order() const { return order_; }
  void set_order(sync::Order order);

  /// In place of the folder's messages those of a search, until `leave_results`.
  void show_results(const std::string& query, std::vector<sync::MessageId> messages,
                    Scope scope = Scope::kFolder);
  Scope scope() const { return scope_; }
  void add_results(const std::vector<sync::MessageId>& messages);
  void leave_results();
  /// Whether it is among the results.
  bool holds(sync::MessageId message) const;
  const std::optional<std::string>& query() const { return query_; }

  /// The store has changed, or the picture's height.
  void reload();
  void set_height(int rows);

  /// Somebody does something: from now on the cursor stays on its message. Until then it is on the
  /// first line, whatever comes in.
  void hold() { held_ = true; }

  std::uint32_t count() const { return count_; }
  std::uint32_t cursor() const { return cursor_; }
  /// The message the cursor is on; nullptr in an empty list.
  const sync::Row* current() const;
  /// False: there is no further line.
  bool move(int lines);
  void go_to(std::uint32_t line);
  void go_to_message(sync::MessageId message);
  bool next_unread();
  int height() const { return height_; }
  std::uint32_t top() const { return top_; }

  /// A thread as its first line alone. False: the list isn't by threads.
  enum class Fold { kToggle, kClose, kOpen };
  bool fold(Fold how);
  bool fold_all(Fold how);
  /// What Enter reads: the message under the cursor; of what is folded, which is opened, the first
  /// unread one. nullopt in an empty list.
  std::optional<sync::MessageId> unfold_current();
  const sync::Folds& folds() const { return folds_; }

  void toggle_mark();
  /// How many of them were not marked yet.
  std::size_t mark_these(const std::vector<sync::MessageId>& messages);
  void unmark_these(const std::vector<sync::MessageId>& messages);
  void mark_all();
  void clear_marks() { marked_.clear(); }
  const std::set<sync::MessageId>& marked() const { return marked_; }
  /// The messages below the cursor, of those that are seen.
  std::vector<sync::MessageId> following(std::size_t most) const;
  /// The marked ones, or the one the cursor is on.
  std::vector<sync::MessageId> targets() const;

  ListPicture picture(std::int64_t now) const;

 private:
  void read_window();
  std::optional<std::uint32_t> line_of(sync::MessageId message);
  bool joined() const { return folder_ == sync::kAllInboxes; }
  bool threaded() const { return order_ == sync::Order::kThreads && !query_; }
  sync::ThreadList threads() const;
  std::vector<sync::Row> thread_of(const sync::Row& row) const;
  std::vector<sync::Row> rows_of(std::span<const sync::MessageId> messages) const;
  std::vector<sync::Row> window(std::uint32_t first, std::uint32_t count);
  std::uint32_t count_lines();
  std::vector<sync::MessageId> messages_of(const sync::Row& row) const;
  void refold(sync::Folds folds);

  std::reference_wrapper<sync::LocalStore> store_;
  std::optional<sync::JoinedList> accounts_;
  sync::FolderId folder_ = 0;
  sync::Order order_ = sync::Order::kNewestFirst;
  std::optional<std::string> query_;
  Scope scope_ = Scope::kFolder;
  std::vector<sync::MessageId> results_;
  /// The folder each was found in: what has left it since is no result any more.
  std::map<sync::MessageId, sync::FolderId> found_in_;
  sync::Folds folds_;
  sync::MessageId before_results_ = 0;
  std::uint32_t count_ = 0, cursor_ = 0, top_ = 0;
  bool held_ = false;
  int height_ = 20;
  std::vector<sync::Row> rows_;  ///< from `top_` on
  std::set<sync::MessageId> marked_;
};

}  // namespace mua::screen
