#include "mailstore/message_rows.hpp"

#include <algorithm>
#include <ctime>
#include <utility>

#include "mailstore/content_files.hpp"

namespace mailstore {

namespace {

MessageRow read_row(const Statement& row) {
  return {.uid = static_cast<Uid>(row.integer(0)),
          .flags = static_cast<FlagBits>(row.integer(1)),
          .size = row.integer(2),
          .header_size = row.integer(3),
          .internal_date = row.integer(4),
          .zone_minutes = row.integer(5),
          .content = row.integer(6)};
}

/// True when another message still has the content.
bool drop_share(Database& database, std::int64_t content) {
  if (database.run("UPDATE shared SET more = more - 1 WHERE content = ?", content) == 0)
    return false;
  database.run("DELETE FROM shared WHERE content = ? AND more = 0", content);
  return true;
}

/// Octets are many pages to give back: a large expunge leaves that to remove_released.
constexpr std::size_t kRemovedAtOnce = 64;

/// True when it has a file, which is to go after the commit.
bool remove_content(Database& database, std::int64_t content, std::int64_t size) {
  const auto in_table =
      database.integer("SELECT length(octets) FROM octets WHERE content = ?", content);
  database.run("DELETE FROM octets WHERE content = ?", content);
  database.run("DELETE FROM content WHERE id = ?", content);
  return in_table.value_or(size) < size;
}

}  // namespace

std::vector<mail::NumberRange> merge_ranges(std::vector<mail::NumberRange> ranges) {
  for (auto& range : ranges)
    if (range.last < range.first) std::swap(range.first, range.last);
  std::sort(ranges.begin(), ranges.end(),
            [](const auto& left, const auto& right) { return left.first < right.first; });
  std::vector<mail::NumberRange> merged;
  for (const auto& range : ranges) {
    if (merged.empty() || range.first > merged.back().last)
      merged.push_back(range);
    else
      merged.back().last = std::max(merged.back().last, range.last);
  }
  return merged;
}

std::vector<MessageRow> select_messages(Database& database, MailboxId mailbox,
                                        const std::vector<mail::NumberRange>& ranges) {
  std::vector<MessageRow> messages;
  for (const auto& range : merge_ranges(ranges)) {
    for (Statement row = database.query(
             "SELECT uid, flags, size, header_size, internal_date, zone_minutes, content "
             "FROM message WHERE mailbox = ? AND uid BETWEEN ? AND ? ORDER BY uid",
             mailbox, range.first, range.last);
         row.step();)
      messages.push_back(read_row(row));
  }
  return messages;
}

std::vector<MessageRow> take_messages(Database& database, MailboxRow& row,
                                      const std::vector<mail::NumberRange>& ranges,
                                      FlagBits marked) {
  std::vector<MessageRow> messages;
  for (const auto& range : merge_ranges(ranges)) {
    for (Statement taken =
             database.query("DELETE FROM message WHERE mailbox = ?1 AND uid BETWEEN ?2 AND ?3 "
                            "AND (?4 = 0 OR flags & ?4) RETURNING "
                            "uid, flags, size, header_size, internal_date, zone_minutes, content",
                            row.id, range.first, range.last, marked);
         taken.step();)
      messages.push_back(read_row(taken));
  }
  std::sort(messages.begin(), messages.end(),
            [](const auto& left, const auto& right) { return left.uid < right.uid; });
  for (const MessageRow& message : messages)
    row.count(message.uid, message.flags, message.size, -1);
  return messages;
}

Uid put_message(Database& database, MailboxRow& row, const MessageRow& message) {
  if (row.uid_next == UINT32_MAX)
    throw StoreError(database.file().string() +
                     ": a mailbox has used all its UIDs; copy its messages to a new one");
  const Uid uid = row.uid_next++;
  database.run(
      "INSERT INTO message (mailbox, uid, mod_seq, flags, size, header_size, internal_date, "
      "zone_minutes, save_date, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      row.id, uid, row.mod_seq, message.flags, message.size, message.header_size,
      message.internal_date, message.zone_minutes, std::time(nullptr), message.content);
  row.count(uid, message.flags, message.size, 1);
  return uid;
}

void record_vanished(Database& database, const MailboxRow& row,
                     const std::vector<MessageRow>& messages) {
  for (std::size_t begin = 0, end = 0; begin < messages.size(); begin = end) {
    for (end = begin + 1; end < messages.size() && messages[end].uid == messages[end - 1].uid + 1;)
      ++end;
    database.run("INSERT INTO vanished VALUES (?, ?, ?, ?)", row.id, row.mod_seq,
                 messages[begin].uid, messages[end - 1].uid);
  }
}

std::vector<std::int64_t> release_contents(Database& database,
                                           const std::vector<MessageRow>& messages) {
  const bool some_shared = database.integer("SELECT 1 FROM shared LIMIT 1").has_value();
  const bool later = messages.size() > kRemovedAtOnce;
  std::vector<std::int64_t> files;
  std::int64_t highest = 0;
  for (const MessageRow& message : messages) {
    if (some_shared && drop_share(database, message.content)) continue;
    if (later)
      database.run("INSERT INTO released VALUES (?, ?)", message.content, message.size);
    else if (remove_content(database, message.content, message.size))
      files.push_back(message.content);
    highest = std::max(highest, message.content);
  }
  database.run("UPDATE counter SET content_floor = ?1 WHERE content_floor < ?1", highest);
  return files;
}

std::size_t remove_released(Account& account, std::size_t most) {
  Database& database = account.database();
  if (!database.integer("SELECT 1 FROM released LIMIT 1")) return 0;
  Transaction transaction(database, Transaction::Kind::kUnsynced);
  std::vector<std::pair<std::int64_t, std::int64_t>> contents;
  for (Statement row = database.query("SELECT content, size FROM released LIMIT ?", most);
       row.step();)
    contents.emplace_back(row.integer(0), row.integer(1));
  std::vector<std::int64_t> files;
  for (const auto& [content, size] : contents) {
    if (remove_content(database, content, size)) files.push_back(content);
    database.run("DELETE FROM released WHERE content = ?", content);
  }
  transaction.commit();
  remove_files(account, files);
  return contents.size();
}

void share_contents(Database& database, const std::vector<MessageRow>& messages) {
  for (const MessageRow& message : messages)
    database.run(
        "INSERT INTO shared VALUES (?, 1) ON CONFLICT (content) DO UPDATE SET more = more + 1",
        message.content);
}

std::int64_t next_content_id(Database& database) {
  return database
             .integer(
                 "SELECT max(content_floor, coalesce((SELECT max(id) FROM content), 0)) "
                 "FROM counter")
             .value_or(0) +
         1;
}

void remove_files(Account& account, const std::vector<std::int64_t>& contents) {
  if (contents.empty()) return;
  const ContentFiles files = content_files(account);
  for (std::int64_t content : contents) {
    account.database().reached("remove file");
    files.remove(content);
  }
}

}  // namespace mailstore
