#include "mailstore/message_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <utility>

#include "mailstore/content_files.hpp"
#include "mailstore/state_blocks.hpp"

namespace mailstore {

namespace {

constexpr std::string_view kColumns =
    "uid, size, header_size, internal_date, zone_minutes, content ";

MessageRow read_row(const Statement& row, FlagBits flags) {
  return {.uid = static_cast<Uid>(row.integer(0)),
          .flags = flags,
          .size = row.integer(1),
          .header_size = row.integer(2),
          .internal_date = row.integer(3),
          .zone_minutes = row.integer(4),
          .content = row.integer(5)};
}

/// Reads or deletes the rows of the messages, which are ascending; `sql` takes a mailbox and a
/// range.
std::vector<MessageRow> rows_of(Database& database, MailboxId mailbox, const std::string& sql,
                                const std::vector<MessageState>& states) {
  std::vector<MessageRow> messages;
  messages.reserve(states.size());
  for (auto begin = states.begin(); begin != states.end();) {
    auto end = begin + 1;
    while (end != states.end() && end->uid == (end - 1)->uid + 1) ++end;
    const std::size_t first = messages.size();
    for (Statement row = database.query(sql, mailbox, begin->uid, (end - 1)->uid); row.step();) {
      const auto at = begin + (row.integer(0) - begin->uid);
      messages.push_back(read_row(row, at->flags));
    }
    std::sort(messages.begin() + static_cast<std::ptrdiff_t>(first), messages.end(),
              [](const auto& left, const auto& right) { return left.uid < right.uid; });
    begin = end;
  }
  return messages;
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
  database.run("DELETE FROM foreign_id WHERE content = ?", content);
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
  std::vector<MessageState> states;
  change_states(database, mailbox, merge_ranges(ranges), [&](const MessageState& state) {
    states.push_back(state);
    return StateChange::kNone;
  });
  return rows_of(database, mailbox,
                 fmt::format("SELECT {} FROM message WHERE mailbox = ? AND uid BETWEEN ? AND ? "
                             "ORDER BY uid",
                             kColumns),
                 states);
}

std::vector<MessageRow> take_messages(Database& database, MailboxRow& row,
                                      const std::vector<mail::NumberRange>& ranges,
                                      FlagBits marked) {
  std::vector<MessageState> states;
  change_states(database, row.id, merge_ranges(ranges), [&](const MessageState& state) {
    if (marked != 0 && (state.flags & marked) == 0) return StateChange::kNone;
    states.push_back(state);
    return StateChange::kRemoved;
  });
  auto messages = rows_of(database, row.id,
                          fmt::format("DELETE FROM message WHERE mailbox = ? AND uid BETWEEN ? "
                                      "AND ? RETURNING {}",
                                      kColumns),
                          states);
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
      "INSERT INTO message (mailbox, uid, size, header_size, internal_date, zone_minutes, "
      "save_date, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      row.id, uid, message.size, message.header_size, message.internal_date, message.zone_minutes,
      std::time(nullptr), message.content);
  row.arrived.push_back({uid, row.mod_seq, message.flags});
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
