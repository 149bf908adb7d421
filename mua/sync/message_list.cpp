#include "mua/sync/message_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "mua/sync/message_rows.hpp"
#include "mua/sync/stored_addresses.hpp"
#include "mua/sync/thread_order.hpp"

namespace mua::sync {

using mailstore::Database;
using mailstore::Statement;
using mailstore::Transaction;

namespace {

std::uint32_t number(std::optional<std::int64_t> value) {
  return static_cast<std::uint32_t>(value.value_or(0));
}

std::vector<Row> all_rows(Statement statement) {
  std::vector<Row> out;
  while (statement.step()) out.push_back(row_from(statement));
  return out;
}

std::vector<Row> newest_first(Database& database, FolderId folder, std::uint32_t first,
                              std::uint32_t count) {
  // What is skipped is skipped in the index alone.
  return all_rows(database.query(
      fmt::format("SELECT {} FROM message WHERE id IN (SELECT id FROM message INDEXED BY "
                  "message_by_date WHERE folder = ? ORDER BY date DESC, uid DESC, id DESC LIMIT ? "
                  "OFFSET ?) ORDER BY date DESC, uid DESC, id DESC",
                  kRowColumns),
      folder, count, first));
}

std::vector<Row> thread_rows(Database& database, FolderId folder, ThreadId thread) {
  std::vector<ThreadMember> members;
  Statement row = database.query(
      fmt::format("SELECT {}, message_id, refs FROM message WHERE thread = ? AND folder = ?",
                  kRowColumns),
      thread, folder);
  while (row.step()) members.push_back({row_from(row), row.string(13), split_words(row.text(14))});
  for (ThreadMember& member : members) {
    std::string& id = member.message_id;
    std::erase_if(id, [](char c) { return c == '<' || c == '>'; });
  }
  return in_thread_order(std::move(members));
}

/// The threads of a folder from the newest on, and the lines of each.
class ThreadWalk {
 public:
  /// `folds` outlives it.
  ThreadWalk(Database& database, FolderId folder, const Folds& folds)
      : folds_(folds),
        statement_(database.query("SELECT thread, count FROM folder_thread INDEXED BY "
                                  "folder_thread_order WHERE folder = ? ORDER BY newest DESC, "
                                  "thread DESC",
                                  folder)) {}
  bool next() {
    begin_ += count_;
    if (!statement_.step()) return false;
    thread_ = statement_.integer(0);
    messages_ = static_cast<std::uint32_t>(statement_.integer(1));
    count_ = folded() ? 1 : messages_;
    return true;
  }
  /// Into fewer lines than it has messages.
  bool folded() const { return messages_ > 1 && folds_.folded(thread_); }
  ThreadId thread() const { return thread_; }
  std::uint32_t begin() const { return begin_; }
  std::uint32_t end() const { return begin_ + count_; }

 private:
  const Folds& folds_;
  Statement statement_;
  ThreadId thread_ = 0;
  std::uint32_t begin_ = 0, count_ = 0, messages_ = 0;
};

/// The first line of a thread, for all of them.
std::vector<Row> folded_rows(std::vector<Row> rows) {
  if (rows.empty()) return rows;
  Row line = std::move(rows.front());
  line.folded = static_cast<std::uint32_t>(rows.size());
  line.folded_unread = line.unread() ? 1 : 0;
  for (std::size_t i = 1; i < rows.size(); ++i) line.folded_unread += rows[i].unread() ? 1 : 0;
  rows.clear();
  rows.push_back(std::move(line));
  return rows;
}

std::vector<Row> by_threads(Database& database, FolderId folder, std::uint32_t first,
                            std::uint32_t count, const Folds& folds) {
  std::vector<Row> out;
  ThreadWalk walk(database, folder, folds);
  while (walk.next() && out.size() < count) {
    if (walk.end() <= first) continue;
    std::vector<Row> rows = thread_rows(database, folder, walk.thread());
    if (walk.folded()) rows = folded_rows(std::move(rows));
    const std::size_t skip = first > walk.begin() ? first - walk.begin() : 0;
    for (std::size_t i = skip; i < rows.size() && out.size() < count; ++i) {
      out.push_back(std::move(rows[i]));
    }
  }
  return out;
}

std::optional<std::uint32_t> line_of_thread(Database& database, FolderId folder, ThreadId thread,
                                            const Folds& folds) {
  ThreadWalk walk(database, folder, folds);
  while (walk.next()) {
    if (walk.thread() == thread) return walk.begin();
  }
  return std::nullopt;
}

struct Lines {
  std::uint32_t begin, end;
};

/// The first unread line of these of the threaded list.
std::optional<std::uint32_t> unread_in_threads(Database& database, FolderId folder, Lines lines,
                                               const Folds& folds) {
  const auto [begin, end] = lines;
  std::vector<ThreadId> unread;
  Statement row = database.query(
      "SELECT thread FROM folder_thread WHERE folder = ? AND unread > 0 ORDER BY thread", folder);
  while (row.step()) unread.push_back(row.integer(0));
  ThreadWalk walk(database, folder, folds);
  while (walk.next() && walk.begin() < end) {
    if (walk.end() <= begin || !std::binary_search(unread.begin(), unread.end(), walk.thread())) {
      continue;
    }
    if (walk.folded()) return walk.begin();
    const std::vector<Row> rows = thread_rows(database, folder, walk.thread());
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
      const std::uint32_t line = walk.begin() + i;
      if (line >= begin && line < end && rows[i].unread()) return line;
    }
  }
  return std::nullopt;
}

/// Lines before a message of the flat list: those that are newer.
std::uint32_t newer_than(Database& database, FolderId folder, const Row& row) {
  return number(database.integer(
      "SELECT count(*) FROM message INDEXED BY message_by_date WHERE folder = ?1 AND "
      "(date, uid, id) > (?2, ?3, ?4)",
      folder, row.date, row.uid, row.id));
}

}  // namespace

std::uint32_t MessageList::count(FolderId folder) {
  return number(database_.integer("SELECT cached FROM folder WHERE id = ?", folder));
}

std::uint32_t MessageList::unread(FolderId folder) {
  return number(database_.integer("SELECT cached_unread FROM folder WHERE id = ?", folder));
}

std::vector<Row> MessageList::window(FolderId folder, Order order, std::uint32_t first,
                                     std::uint32_t count) {
  Transaction snapshot(database_, Transaction::Kind::kRead);
  if (order == Order::kNewestFirst) return newest_first(database_, folder, first, count);
  return by_threads(database_, folder, first, count, {});
}

std::vector<Row> MessageList::threaded_window(FolderId folder, std::uint32_t first,
                                              std::uint32_t count, const Folds& folds) {
  Transaction snapshot(database_, Transaction::Kind::kRead);
  return by_threads(database_, folder, first, count, folds);
}

std::optional<std::uint32_t> MessageList::position(FolderId folder, Order order,
                                                   MessageId message) {
  Transaction snapshot(database_, Transaction::Kind::kRead);
  const auto found = row(message);
  if (!found || found->folder != folder) return std::nullopt;
  if (order == Order::kNewestFirst) return newer_than(database_, folder, *found);
  return threaded_position(folder, message, {});
}

std::optional<std::uint32_t> MessageList::threaded_position(FolderId folder, MessageId message,
                                                            const Folds& folds) {
  const auto found = row(message);
  if (!found || found->folder != folder) return std::nullopt;
  const auto begin = line_of_thread(database_, folder, found->thread, folds);
  if (!begin || folds.folded(found->thread)) return begin;
  const std::vector<Row> rows = thread_rows(database_, folder, found->thread);
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    if (rows[i].id == message) return *begin + i;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> MessageList::next_unread(FolderId folder, Order order,
                                                      std::uint32_t from) {
  Transaction snapshot(database_, Transaction::Kind::kRead);
  if (order == Order::kThreads) return next_unread_in_threads(folder, from, {});
  const std::vector<Row> at = newest_first(database_, folder, from, 1);
  constexpr const char* kNext =
      "SELECT id FROM message INDEXED BY message_unread WHERE folder = ?1 AND flags & 1 = 0 AND "
      "(date, uid, id) <= (?2, ?3, ?4) ORDER BY date DESC, uid DESC, id DESC LIMIT 1";
  std::optional<std::int64_t> found;
  if (!at.empty()) {
    found = database_.integer(kNext, folder, at.front().date, at.front().uid, at.front().id);
  }
  if (!found) found = database_.integer(kNext, folder, INT64_MAX, INT64_MAX, INT64_MAX);
  if (!found) return std::nullopt;
  return newer_than(database_, folder, *row(*found));
}

std::optional<std::uint32_t> MessageList::next_unread_in_threads(FolderId folder,
                                                                 std::uint32_t from,
                                                                 const Folds& folds) {
  const auto below = unread_in_threads(database_, folder, {from, UINT32_MAX}, folds);
  return below ? below : unread_in_threads(database_, folder, {0, from}, folds);
}

std::uint32_t MessageList::count(FolderId folder, const Folds& folds) {
  if (folds.none()) return count(folder);
  Transaction snapshot(database_, Transaction::Kind::kRead);
  const bool open = folds.usual == Folds::Usual::kOpen;
  std::int64_t lines = open ? count(folder) : thread_count(folder);
  for (const ThreadId thread : folds.others) {
    const auto messages = database_.integer(
        "SELECT count FROM folder_thread WHERE folder = ? AND thread = ?", folder, thread);
    const std::int64_t hidden = std::max<std::int64_t>(messages.value_or(1) - 1, 0);
    lines += open ? -hidden : hidden;
  }
  return static_cast<std::uint32_t>(std::max<std::int64_t>(lines, 0));
}

std::uint32_t MessageList::thread_count(FolderId folder) {
  return number(
      database_.integer("SELECT count(*) FROM folder_thread INDEXED BY folder_thread_order WHERE "
                        "folder = ?",
                        folder));
}

std::vector<ThreadRow> MessageList::threads(FolderId folder, std::uint32_t first,
                                            std::uint32_t count) {
  Transaction snapshot(database_, Transaction::Kind::kRead);
  std::vector<ThreadRow> out;
  Statement row = database_.query(
      "SELECT thread, count, unread FROM folder_thread WHERE folder = ?1 AND thread IN (SELECT "
      "thread FROM folder_thread INDEXED BY folder_thread_order WHERE folder = ?1 ORDER BY newest "
      "DESC, thread DESC LIMIT ?2 OFFSET ?3) ORDER BY newest DESC, thread DESC",
      folder, count, first);
  while (row.step()) {
    out.push_back({row.integer(0),
                   static_cast<std::uint32_t>(row.integer(1)),
                   static_cast<std::uint32_t>(row.integer(2)),
                   {}});
  }
  for (ThreadRow& each : out) {
    auto newest = all_rows(database_.query(
        fmt::format("SELECT {} FROM message WHERE thread = ? AND folder = ? ORDER BY date DESC, id "
                    "DESC LIMIT 1",
                    kRowColumns),
        each.thread, folder));
    if (!newest.empty()) each.newest = std::move(newest.front());
  }
  return out;
}

std::vector<Row> MessageList::thread(FolderId folder, ThreadId thread) {
  return thread_rows(database_, folder, thread);
}

std::vector<Row> MessageList::rows(std::span<const MessageId> messages) {
  Transaction snapshot(database_, Transaction::Kind::kRead);
  std::vector<Row> out;
  for (const MessageId message : messages) {
    auto found = row(message);
    if (found && found->folder != 0) out.push_back(std::move(*found));
  }
  return out;
}

std::optional<Row> MessageList::row(MessageId message) {
  std::vector<Row> found = all_rows(
      database_.query(fmt::format("SELECT {} FROM message WHERE id = ?", kRowColumns), message));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::optional<Header> MessageList::header(MessageId message) {
  Statement found = database_.query(
      fmt::format("SELECT {}, cc, bcc, reply_to, date_field, message_id, in_reply_to, refs FROM "
                  "message WHERE id = ?",
                  kRowColumns),
      message);
  if (!found.step()) return std::nullopt;
  Header header;
  header.row = row_from(found);
  header.from = header.row.from;
  header.to = read_addresses(found.text(11));
  header.subject = header.row.subject;
  header.cc = read_addresses(found.text(13));
  header.bcc = read_addresses(found.text(14));
  header.reply_to = read_addresses(found.text(15));
  header.date = found.string(16);
  header.message_id = found.string(17);
  header.in_reply_to = found.string(18);
  header.references = split_words(found.text(19));
  return header;
}

std::optional<MessageId> MessageList::find(FolderId folder, std::uint32_t uid) {
  return database_.integer("SELECT id FROM message WHERE folder = ? AND uid = ? AND uid > 0",
                           folder, uid);
}

}  // namespace mua::sync
