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

std::vector<Row> MessageList::window(FolderId folder, std::uint32_t first, std::uint32_t count) {
  return newest_first(database_, folder, first, count);
}

std::optional<std::uint32_t> MessageList::position(FolderId folder, MessageId message) {
  Transaction snapshot(database_, Transaction::Kind::kRead);
  const auto found = row(message);
  if (!found || found->folder != folder) return std::nullopt;
  return newer_than(database_, folder, *found);
}

std::optional<std::uint32_t> MessageList::next_unread(FolderId folder, std::uint32_t from) {
  Transaction snapshot(database_, Transaction::Kind::kRead);
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
  std::vector<ThreadMember> members;
  Statement row = database_.query(
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
