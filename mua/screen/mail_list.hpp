// The list of messages on the screen: a folder flat or in threads, or what a search found. It keeps
// the cursor on its message while others come and go, and reads no more of the store than is seen.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mua/screen/list_view.hpp"
#include "mua/sync/local_store.hpp"
#include "mua/sync/model.hpp"

namespace mua::screen {

class MailList {
 public:
  explicit MailList(sync::LocalStore& store) : store_(store) {}

  void show(sync::FolderId folder);
  sync::FolderId folder() const { return folder_; }
  sync::Order order() const { return order_; }
  void set_order(sync::Order order);

  /// In place of the folder's messages those of a search, until `leave_results`.
  void show_results(const std::string& query, std::vector<sync::MessageId> messages);
  void add_results(const std::vector<sync::MessageId>& messages);
  void leave_results();
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

  void toggle_mark();
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

  sync::LocalStore& store_;
  sync::FolderId folder_ = 0;
  sync::Order order_ = sync::Order::kNewestFirst;
  std::optional<std::string> query_;
  std::vector<sync::MessageId> results_;
  sync::MessageId before_results_ = 0;
  std::uint32_t count_ = 0, cursor_ = 0, top_ = 0;
  bool held_ = false;
  int height_ = 20;
  std::vector<sync::Row> rows_;  ///< from `top_` on
  std::set<sync::MessageId> marked_;
};

}  // namespace mua::screen
