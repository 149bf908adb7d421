#include "mailstore/queue_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "mailstore/queue_moves.hpp"

namespace mailstore {
namespace {

std::int64_t number_of(RecipientState state) { return static_cast<std::int64_t>(state); }

void insert_recipient(Database& database, QueueId message, const QueuedRecipient& recipient) {
  database.run("INSERT INTO recipient VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", message,
               recipient.number, recipient.address.local, recipient.address.domain,
               recipient.original, recipient.account, number_of(recipient.state),
               recipient.attempts, recipient.next_attempt, recipient.last_reply, recipient.notify,
               recipient.orcpt, recipient.delay_told, recipient.forwarded_by);
}

[[noreturn]] void refuse(const Outcome& outcome, RecipientState from) {
  throw StoreError(fmt::format("recipient {} of queued message {} can't go from {} to {}",
                               outcome.recipient, outcome.message, describe(from),
                               describe(outcome.state)));
}

void apply_outcome(Database& database, const Outcome& outcome) {
  auto state = database.integer("SELECT state FROM recipient WHERE message = ? AND number = ?",
                                outcome.message, outcome.recipient);
  if (!state) return;
  const auto from = static_cast<RecipientState>(*state);
  const auto after = state_after(outcome.cause, from, outcome.state);
  if (!after) refuse(outcome, from);
  if (is_repeat(from, outcome.state)) return;
  database.run(
      "UPDATE recipient SET state = ?, attempts = attempts + ?, next_attempt = ?, last_reply = ?,"
      " delay_told = max(delay_told, ?) WHERE message = ? AND number = ?",
      number_of(*after), outcome.cause == Cause::kAttempt ? 1 : 0, outcome.next_attempt,
      outcome.reply, outcome.delay_told, outcome.message, outcome.recipient);
}

/// Whether they are legal and the end of all that have not ended.
bool end_message(Database& database, QueueId message, const std::vector<Outcome>& outcomes) {
  Statement row = database.query("SELECT number, state FROM recipient WHERE message = ?", message);
  while (row.step()) {
    auto after = std::optional(static_cast<RecipientState>(row.integer(1)));
    const auto outcome = std::ranges::find(outcomes, row.integer(0), &Outcome::recipient);
    if (outcome != outcomes.end()) after = state_after(outcome->cause, *after, outcome->state);
    if (!after || !is_final(*after)) return false;
  }
  return true;
}

QueuedRecipient recipient_from(const Statement& row) {
  QueuedRecipient recipient;
  recipient.number = static_cast<std::int32_t>(row.integer(0));
  recipient.address = {row.string(1), row.string(2)};
  recipient.original = row.string(3);
  recipient.account = row.integer(4);
  recipient.state = static_cast<RecipientState>(row.integer(5));
  recipient.attempts = static_cast<std::int32_t>(row.integer(6));
  recipient.next_attempt = row.integer(7);
  recipient.last_reply = row.string(8);
  recipient.notify = row.string(9);
  recipient.orcpt = row.string(10);
  recipient.delay_told = row.integer(11) != 0;
  recipient.forwarded_by = row.string(12);
  return recipient;
}

std::vector<QueuedRecipient> read_recipients(Database& database, QueueId message) {
  Statement row = database.query(
      "SELECT number, local, domain, original, account, state, attempts, next_attempt, last_reply,"
      " notify, orcpt, delay_told, forwarded_by FROM recipient WHERE message = ? ORDER BY number",
      message);
  std::vector<QueuedRecipient> recipients;
  while (row.step()) recipients.push_back(recipient_from(row));
  return recipients;
}

constexpr std::string_view kMessageColumns =
    "id, sender_local, sender_domain, login, received_at, smtputf8, body, ret, envid, size,"
    " requiretls, message_id";
// The one after those.
constexpr int kContentColumn = 12;

QueuedMessage message_from(const Statement& row, const std::string& epoch) {
  QueuedMessage message;
  message.id = row.integer(0);
  message.name = queue_name(epoch, message.id);
  message.sender = {row.string(1), row.string(2)};
  message.login = row.string(3);
  message.received_at = row.integer(4);
  message.smtputf8 = row.integer(5) != 0;
  message.body = row.string(6);
  message.ret = row.string(7);
  message.envid = row.string(8);
  message.size = static_cast<std::uint64_t>(row.integer(9));
  message.requiretls = row.integer(10) != 0;
  message.message_id = row.string(11);
  return message;
}

}  // namespace

std::string queue_epoch(Database& database) {
  Statement row = database.query("SELECT word FROM epoch");
  if (!row.step()) throw StoreError(database.file().string() + " has no epoch: it is damaged");
  return row.string(0);
}

std::string queue_name(const std::string& epoch, QueueId id) {
  return fmt::format("{}-{}", epoch, id);
}

// delivery-id = epoch "-" message "." recipient        "5f0c21d9a7e4b863-17.0"
std::optional<DeliveryKey> parse_delivery_id(const std::string& epoch, std::string_view id) {
  if (!id.starts_with(epoch + "-")) return std::nullopt;
  id.remove_prefix(epoch.size() + 1);
  DeliveryKey key;
  const char* const end = id.data() + id.size();
  const auto [dot, bad_message] = std::from_chars(id.data(), end, key.message);
  if (bad_message != std::errc() || dot == end || *dot != '.') return std::nullopt;
  const auto [rest, bad_recipient] = std::from_chars(dot + 1, end, key.recipient);
  if (bad_recipient != std::errc() || rest != end) return std::nullopt;
  return key;
}

// An id above the highest given would be of a queue.db that an older copy has replaced since.
bool is_finished(Database& database, DeliveryKey delivery) {
  const auto last = database.integer("SELECT seq FROM sqlite_sequence WHERE name = 'message'");
  if (!last || delivery.message > *last) return false;
  const auto state =
      database.integer("SELECT state FROM recipient WHERE message = ? AND number = ?",
                       delivery.message, delivery.recipient);
  return !state || *state == number_of(RecipientState::kDelivered) ||
         *state == number_of(RecipientState::kFailed);
}

QueueId insert_queued(Database& database, const QueuedMessage& message, ContentPlace place) {
  std::optional<Blob> content;
  if (place == ContentPlace::kRow) content = Blob{message.content.view()};
  database.run(
      "INSERT INTO message (sender_local, sender_domain, login, received_at, smtputf8, body, ret,"
      " envid, size, content, requiretls, message_id)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      message.sender.local, message.sender.domain, message.login, message.received_at,
      message.smtputf8, message.body, message.ret, message.envid, message.content.size(), content,
      message.requiretls, message.message_id);
  const QueueId id = database.last_insert_id();
  for (const QueuedRecipient& recipient : message.recipients)
    insert_recipient(database, id, recipient);
  return id;
}

// Most messages end with their first outcome: their rows aren't changed before they go.
bool apply_outcomes(Database& database, QueueId message, const std::vector<Outcome>& outcomes) {
  if (end_message(database, message, outcomes)) return true;
  for (const Outcome& outcome : outcomes) apply_outcome(database, outcome);
  return !database.integer("SELECT 1 FROM recipient WHERE message = ? AND state IN (?, ?)", message,
                           number_of(RecipientState::kQueued), number_of(RecipientState::kHeld));
}

void end_queued(Database& database, QueueId message) {
  database.run("DELETE FROM recipient WHERE message = ?", message);
}

EndedMessages ended_after(Database& database, QueueId from, std::size_t most) {
  Statement row = database.query(
      "SELECT id, EXISTS (SELECT 1 FROM recipient WHERE message = message.id) FROM message"
      " WHERE id > ? ORDER BY id LIMIT ?",
      from, most);
  EndedMessages ended;
  while (row.step()) {
    ended.last = row.integer(0);
    if (row.integer(1) == 0) ended.ids.push_back(ended.last);
  }
  return ended;
}

std::vector<QueueId> remove_ended(Database& database, const std::vector<QueueId>& messages) {
  std::vector<QueueId> with_file;
  for (QueueId message : messages) {
    if (database.integer("SELECT content IS NULL FROM message WHERE id = ?", message) == 1)
      with_file.push_back(message);
    database.run("DELETE FROM message WHERE id = ?", message);
  }
  return with_file;
}

std::vector<QueueId> due_messages(Database& database, std::int64_t now, std::size_t most) {
  Statement row = database.query(
      "SELECT message FROM recipient WHERE state = 0 AND next_attempt <= ?"
      " ORDER BY next_attempt, message",
      now);
  std::vector<QueueId> ids;
  std::unordered_set<QueueId> seen;
  while (ids.size() < most && row.step())
    if (seen.insert(row.integer(0)).second) ids.push_back(row.integer(0));
  return ids;
}

// The index has all that orders and selects; a recipient's row and its message's are read only for
// those that are given.
std::vector<DueRecipient> due_recipients(Database& database, const DueCursor& from,
                                         std::int64_t now, std::size_t most) {
  Statement row = database.query(
      "SELECT r.message, r.number, r.next_attempt, r.account, r.domain, m.sender_local,"
      " m.sender_domain FROM recipient r INDEXED BY recipient_due CROSS JOIN message m"
      " ON m.id = r.message WHERE r.state = 0 AND r.next_attempt <= ?"
      " AND (r.next_attempt, r.message, r.number) > (?, ?, ?)"
      " ORDER BY r.next_attempt, r.message, r.number LIMIT ?",
      now, from.next_attempt, from.message, from.number, most);
  std::vector<DueRecipient> due;
  while (row.step()) {
    due.push_back({row.integer(0),
                   static_cast<std::int32_t>(row.integer(1)),
                   row.integer(2),
                   row.integer(3),
                   row.string(4),
                   {row.string(5), row.string(6)}});
  }
  return due;
}

std::optional<std::int64_t> earliest_due(Database& database, std::int64_t after) {
  return database.integer(
      "SELECT min(next_attempt) FROM recipient WHERE state = 0 AND next_attempt > ?", after);
}

std::optional<QueuedMessage> read_queued(Database& database, const ContentFiles& files,
                                         const std::string& epoch, QueueId id) {
  Statement row = database.query(
      fmt::format("SELECT {}, content FROM message WHERE id = ?", kMessageColumns), id);
  if (!row.step()) return std::nullopt;
  QueuedMessage message = message_from(row, epoch);
  message.recipients = read_recipients(database, id);
  if (message.recipients.empty()) return std::nullopt;
  message.content =
      row.is_null(kContentColumn) ? files.open(id) : Content::of(row.string(kContentColumn));
  return message;
}

std::optional<QueuedMessage> read_envelope(Database& database, const std::string& epoch,
                                           QueueId id) {
  Statement row =
      database.query(fmt::format("SELECT {} FROM message WHERE id = ?", kMessageColumns), id);
  if (!row.step()) return std::nullopt;
  QueuedMessage message = message_from(row, epoch);
  message.recipients = read_recipients(database, id);
  return message.recipients.empty() ? std::nullopt : std::optional(std::move(message));
}

void each_envelope(Database& database, const std::function<bool(QueuedMessage)>& take) {
  const std::string epoch = queue_epoch(database);
  Statement row =
      database.query(fmt::format("SELECT {} FROM message ORDER BY id", kMessageColumns));
  while (row.step()) {
    QueuedMessage message = message_from(row, epoch);
    message.recipients = read_recipients(database, message.id);
    if (!message.recipients.empty() && !take(std::move(message))) return;
  }
}

std::vector<QueuedMessage> read_all_queued(Database& database) {
  std::vector<QueuedMessage> messages;
  each_envelope(database, [&](QueuedMessage message) {
    messages.push_back(std::move(message));
    return true;
  });
  return messages;
}

}  // namespace mailstore
