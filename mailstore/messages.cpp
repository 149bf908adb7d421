#include "mailstore/messages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "mailstore/content_files.hpp"
#include "mailstore/keywords.hpp"
#include "mailstore/mailbox_row.hpp"
#include "mailstore/message_rows.hpp"
#include "mailstore/sqlite.hpp"
#include "mailstore/state_blocks.hpp"
#include "mailstore/view_cache.hpp"

namespace mailstore {

namespace {

/// Octets up to which a row is read whole even for a part of it: opening a BLOB for reading in
/// pieces costs more.
constexpr std::int64_t kReadWhole = 64 << 10;

/// The kind of transaction a look at the mailbox needs. What \Recent was claimed is worth no sync:
/// RFC 9051 has no \Recent any more, and RFC 3501 lets it be shown twice.
Transaction::Kind kind_for(Database& database, MailboxId mailbox, RecentClaim recent) {
  const bool some = recent == RecentClaim::kTake &&
                    database.integer("SELECT 1 FROM mailbox WHERE id = ? AND recent > 0", mailbox);
  return some ? Transaction::Kind::kUnsynced : Transaction::Kind::kRead;
}

void claim_recent(Database& database, MailboxId mailbox, Transaction::Kind kind) {
  if (kind == Transaction::Kind::kUnsynced)
    database.run("UPDATE mailbox SET first_recent = uid_next, recent = 0 WHERE id = ?", mailbox);
}

std::vector<Uid> vanished_since(Database& database, MailboxId mailbox, ModSeq since) {
  std::vector<Uid> uids;
  for (Statement row = database.query(
           "SELECT first_uid, last_uid FROM vanished WHERE mailbox = ? AND mod_seq > ?", mailbox,
           since);
       row.step();)
    for (std::int64_t uid = row.integer(0); uid <= row.integer(1); ++uid)
      uids.push_back(static_cast<Uid>(uid));
  std::sort(uids.begin(), uids.end());
  return uids;
}

/// Calls `each` with what changed after `since`, in ascending parts: all of it may be much.
void for_changed(Database& database, MailboxId mailbox, ModSeq since,
                 const std::function<void(const std::vector<MessageState>&)>& each) {
  read_state_blocks(database, mailbox, since, [&](std::vector<MessageState>&& block) {
    std::erase_if(block, [since](const MessageState& state) { return state.mod_seq <= since; });
    each(block);
  });
}

std::vector<MessageState> changed_since(Database& database, MailboxId mailbox, ModSeq since) {
  std::vector<MessageState> changed;
  for_changed(database, mailbox, since, [&](const std::vector<MessageState>& some) {
    changed.insert(changed.end(), some.begin(), some.end());
  });
  return changed;
}

/// The last view of the mailbox, if it is kept.
std::optional<ViewCache::View> known_view(Account& account, const MailboxRow& row) {
  auto known = account.views().find(account.id(), row.id);
  // Later than what this snapshot shows: another thread was quicker.
  const bool of_use =
      known && known->uid_validity == row.uid_validity && known->mod_seq <= row.mod_seq;
  if (!of_use) return std::nullopt;
  return known;
}

void apply(MessageStates& messages, const std::vector<MessageState>& changed,
           const std::vector<Uid>& vanished) {
  if (!vanished.empty()) messages.erase(vanished);
  const Uid last = messages.empty() ? 0 : messages.back().uid;
  const auto first_new =
      std::upper_bound(changed.begin(), changed.end(), last,
                       [](Uid uid, const MessageState& state) { return uid < state.uid; });
  messages.update({changed.begin(), first_new});
  std::for_each(first_new, changed.end(),
                [&](const MessageState& state) { messages.push_back(state); });
}

/// `changes`: what happened after `since`, read already.
MessageStates brought_up_to(Account& account, const MailboxRow& row, ViewCache::View view,
                            const MailboxChanges& changes, ModSeq since) {
  if (view.mod_seq == row.mod_seq) return std::move(view.messages);
  Database& database = account.database();
  if (view.mod_seq == since) {
    apply(view.messages, changes.changed, changes.vanished);
  } else {
    apply(view.messages, {}, vanished_since(database, row.id, view.mod_seq));
    for_changed(database, row.id, view.mod_seq,
                [&](const std::vector<MessageState>& some) { apply(view.messages, some, {}); });
  }
  view.mod_seq = row.mod_seq;
  account.views().keep(account.id(), row.id, view);
  return std::move(view.messages);
}

MessageStates all_messages(Account& account, const MailboxRow& row) {
  if (auto known = known_view(account, row))
    return brought_up_to(account, row, std::move(*known), {}, row.mod_seq);
  MessageStates messages;
  read_state_blocks(account.database(), row.id, 0, [&](std::vector<MessageState>&& block) {
    messages.push_back_block(std::move(block));
  });
  if (messages.size() >= ViewCache::kWorthKeeping)
    account.views().keep(account.id(), row.id, {row.uid_validity, row.mod_seq, messages});
  return messages;
}

/// Without texts the scan stays in the one tight tree.
std::string fetch_sql(Columns columns) {
  const bool texts = columns.envelope || columns.body || columns.body_structure || columns.thread;
  return fmt::format(
      "SELECT uid, internal_date, zone_minutes, save_date, content, size, "
      "header_size{}{}{}{} FROM message {}WHERE mailbox = ? AND uid BETWEEN ? AND ? ORDER BY uid",
      columns.envelope ? ", envelope" : "", columns.body ? ", body" : "",
      columns.body_structure ? ", body_structure" : "", columns.thread ? ", thread" : "",
      texts ? "JOIN content ON content.id = message.content " : "");
}

StoredMessage read_message(const Statement& row, const MessageState& state, Columns columns) {
  StoredMessage message{.uid = state.uid,
                        .mod_seq = state.mod_seq,
                        .flags = state.flags,
                        .internal_date = row.integer(1),
                        .zone_minutes = static_cast<std::int32_t>(row.integer(2)),
                        .save_date = row.integer(3),
                        .content_id = row.integer(4),
                        .size = static_cast<std::uint64_t>(row.integer(5)),
                        .header_size = static_cast<std::uint32_t>(row.integer(6)),
                        .thread = 0,
                        .envelope = {},
                        .body = {},
                        .body_structure = {}};
  int column = 7;
  if (columns.envelope) message.envelope = row.string(column++);
  if (columns.body) message.body = row.string(column++);
  if (columns.body_structure) message.body_structure = row.string(column++);
  if (columns.thread) message.thread = row.integer(column);
  return message;
}

/// Where the octets of one message are, and the wanted part of those in the table.
struct Located {
  std::int64_t content = 0;
  std::uint64_t in_table = 0;  ///< how many of its octets are in the table; the rest in a file
  std::uint64_t size = 0;
  std::string octets;
};

std::optional<Located> locate(Account& account, MailboxId mailbox, Uid uid, std::uint64_t offset,
                              std::uint64_t length) {
  Database& database = account.database();
  const bool all = offset == 0 && length == UINT64_MAX;
  Statement row = database.query(
      "SELECT message.content, size, length(octets), "
      "CASE WHEN length(octets) <= ? THEN octets END "
      "FROM message JOIN octets ON octets.content = message.content "
      "WHERE mailbox = ? AND uid = ?",
      all ? INT64_MAX : kReadWhole, mailbox, uid);
  if (!row.step()) return std::nullopt;
  Located located{.content = row.integer(0),
                  .in_table = static_cast<std::uint64_t>(row.integer(2)),
                  .size = static_cast<std::uint64_t>(row.integer(1)),
                  .octets = {}};
  if (offset >= located.in_table) return located;
  located.octets = row.is_null(3)
                       ? database.read_blob("octets", "octets", located.content, offset, length)
                       : std::string(row.text(3).substr(offset, length));
  return located;
}

bool exists(Account& account, MailboxId mailbox, Uid uid) {
  return account.database()
      .integer("SELECT 1 FROM message WHERE mailbox = ? AND uid = ?", mailbox, uid)
      .has_value();
}

[[noreturn]] void throw_damaged(Account& account, const std::filesystem::path& file,
                                std::string_view how) {
  throw StoreError(fmt::format("{} is {}: it holds a message of {}; restore it from a backup",
                               file.string(), how, account.database().file().string()));
}

}  // namespace

void keep_view(Account& account, MailboxId mailbox, const MailboxView& view) {
  if (view.messages.size() < ViewCache::kWorthKeeping) return;
  account.views().keep(account.id(), mailbox,
                       {view.uid_validity, view.highest_mod_seq, view.messages});
}

Result<MailboxView, Failure> open_mailbox(Account& account, MailboxId mailbox, RecentClaim recent) {
  Database& database = account.database();
  const Transaction::Kind kind = kind_for(database, mailbox, recent);
  Transaction transaction(database, kind);
  const auto row = load_mailbox(database, mailbox);
  if (!row) return unexpected(Failure::kNoSuchMailbox);
  MailboxView view{.uid_validity = row->uid_validity,
                   .uid_next = row->uid_next,
                   .highest_mod_seq = row->mod_seq,
                   .first_recent = row->first_recent,
                   .messages = all_messages(account, *row),
                   .keywords = load_keywords(database, mailbox)};
  claim_recent(database, mailbox, kind);
  transaction.commit();
  return view;
}

Result<MailboxChanges, Failure> changes_since(Account& account, MailboxId mailbox, ModSeq since,
                                              RecentClaim recent) {
  Database& database = account.database();
  const Transaction::Kind kind = kind_for(database, mailbox, recent);
  Transaction transaction(database, kind);
  const auto row = load_mailbox(database, mailbox);
  if (!row) return unexpected(Failure::kNoSuchMailbox);
  MailboxChanges changes{.uid_next = row->uid_next,
                         .highest_mod_seq = row->mod_seq,
                         .first_recent = row->first_recent,
                         .changed = {},
                         .vanished = {},
                         .keywords = load_keywords(database, mailbox),
                         .all = {}};
  if (row->mod_seq > since) {
    changes.changed = changed_since(database, mailbox, since);
    changes.vanished = vanished_since(database, mailbox, since);
    auto known = known_view(account, *row);
    if (known) changes.all = brought_up_to(account, *row, std::move(*known), changes, since);
  }
  claim_recent(database, mailbox, kind);
  transaction.commit();
  return changes;
}

void read_messages(Account& account, MailboxId mailbox, const std::vector<mail::NumberRange>& uids,
                   Columns columns, const std::function<bool(StoredMessage&&)>& each) {
  Database& database = account.database();
  const std::string sql = fetch_sql(columns);
  Transaction snapshot(database, Transaction::Kind::kRead);
  StateReader states(database, mailbox);
  for (const auto& range : merge_ranges(uids))
    for (Statement row = database.query(sql, mailbox, range.first, range.last); row.step();) {
      const MessageState* state = states.find(static_cast<Uid>(row.integer(0)));
      if (state && !each(read_message(row, *state, columns))) return;
    }
}

std::optional<std::string> read_content(Account& account, MailboxId mailbox, Uid uid,
                                        std::uint64_t offset, std::uint64_t length) {
  auto located = locate(account, mailbox, uid, offset, length);
  if (!located) return std::nullopt;
  const std::uint64_t wanted = std::min(length, located->size - std::min(offset, located->size));
  if (located->octets.size() >= wanted) return std::move(located->octets);
  const std::uint64_t begin = std::max(offset, located->in_table) - located->in_table;
  const ContentFiles files = content_files(account);
  const std::uint64_t missing = wanted - located->octets.size();
  auto rest = files.read(located->content, begin, missing);
  if (!rest && !exists(account, mailbox, uid)) return std::nullopt;
  if (!rest || rest->size() < missing)
    throw_damaged(account, files.path(located->content), rest ? "cut short" : "missing");
  return located->octets.empty() ? std::move(rest) : std::move(located->octets) + *rest;
}

std::optional<std::string> read_header(Account& account, MailboxId mailbox, Uid uid) {
  Statement row = account.database().query(
      "SELECT header_size, substr(octets, 1, header_size) FROM message "
      "JOIN octets ON octets.content = message.content WHERE mailbox = ? AND uid = ?",
      mailbox, uid);
  if (!row.step()) return std::nullopt;
  const auto size = static_cast<std::uint64_t>(row.integer(0));
  if (row.text(1).size() == size) return row.string(1);
  return read_content(account, mailbox, uid, 0, size);
}

void HeldContent::append_to(std::string& out, std::uint64_t begin, std::uint64_t end) const {
  const std::uint64_t in_head = std::min<std::uint64_t>(end, head_.size());
  if (begin < in_head) out.append(head_, begin, in_head - begin);
  const std::uint64_t first = std::max<std::uint64_t>(begin, head_.size());
  if (first < end) out += rest_.view().substr(first - head_.size(), end - first);
}

std::optional<HeldContent> hold_content(Account& account, MailboxId mailbox, Uid uid) {
  auto located = locate(account, mailbox, uid, 0, UINT64_MAX);
  if (!located) return std::nullopt;
  if (located->size <= located->in_table) return HeldContent(std::move(located->octets), {});
  const ContentFiles files = content_files(account);
  std::optional<Content> rest;
  try {
    rest = files.open(located->content);
  } catch (const StoreError&) {
    if (!exists(account, mailbox, uid)) return std::nullopt;
    throw;
  }
  if (rest->size() < located->size - located->in_table)
    throw_damaged(account, files.path(located->content), "cut short");
  return HeldContent(std::move(located->octets), std::move(*rest));
}

}  // namespace mailstore
