#include "mua/sync/journal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "mua/sync/journal_effects.hpp"
#include "mua/sync/message_rows.hpp"

namespace mua::sync {

using mailstore::Database;
using mailstore::Statement;
using mailstore::Transaction;
using State = EntryState;

namespace {

constexpr std::int64_t kKeptFor = 7 * 24 * 3600;  // seconds after which what is over is forgotten

// Longer than anybody takes to write a mail into the store.
constexpr std::int64_t kBegunFor = 24 * 3600;

constexpr std::array<std::pair<State, State>, 16> kMoves{{
    {State::kWaiting, State::kRunning},
    {State::kWaiting, State::kUndone},
    {State::kWaiting, State::kFailed},
    {State::kRunning, State::kWaiting},
    {State::kRunning, State::kHanding},
    {State::kRunning, State::kDone},
    {State::kRunning, State::kFailed},
    {State::kHanding, State::kWaiting},
    {State::kHanding, State::kSent},
    {State::kHanding, State::kAsking},
    {State::kHanding, State::kFailed},
    {State::kAsking, State::kDone},
    {State::kAsking, State::kFailed},
    {State::kSent, State::kDone},
    {State::kFailed, State::kWaiting},
    {State::kFailed, State::kUndone},
}};

constexpr std::string_view kEntryColumns =
    "id, batch, action, state, made_at, not_before, folder, target, flag, is_set, label, "
    "message_id, sender, recipients, flags, tries, said, advice, files_copy, answered, forwarded, "
    "supersedes, content";

std::vector<std::string> split_lines(std::string_view lines) {
  std::vector<std::string> out;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    if (end > 0) out.emplace_back(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return out;
}

std::optional<MessageId> maybe(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.integer(column);
}

Entry entry_from(const Statement& row) {
  Entry entry;
  entry.id = row.integer(0);
  entry.batch = row.integer(1);
  entry.action = static_cast<Action>(row.integer(2));
  entry.state = static_cast<State>(row.integer(3));
  entry.made_at = row.integer(4);
  entry.not_before = row.integer(5);
  entry.folder = row.integer(6);
  entry.target = row.integer(7);
  entry.flag = row.string(8);
  entry.set = row.integer(9) != 0;
  entry.label = row.string(10);
  entry.message_id = row.string(11);
  entry.sender = row.string(12);
  entry.recipients = split_lines(row.text(13));
  for (std::string& flag : split_words(row.text(14))) change_flag(entry.flags, flag, true);
  entry.tries = static_cast<unsigned>(row.integer(15));
  entry.said = row.string(16);
  entry.advice = row.string(17);
  entry.files_copy = row.integer(18) != 0;
  entry.answered = maybe(row, 19);
  entry.forwarded = maybe(row, 20);
  entry.supersedes = maybe(row, 21);
  entry.content = row.integer(22);
  return entry;
}

std::vector<Entry> all_entries(Statement row) {
  std::vector<Entry> out;
  while (row.step()) out.push_back(entry_from(row));
  return out;
}

std::optional<Entry> first_entry(Statement row) {
  if (!row.step()) return std::nullopt;
  return entry_from(row);
}

bool is_over(State state) {
  return state == State::kDone || state == State::kFailed || state == State::kUndone;
}

/// The entry's messages are no longer pending because of it.
void release_messages(Database& database, EntryId entry) {
  database.run(
      "UPDATE message SET pending = max(pending - 1, 0) WHERE id IN (SELECT message FROM "
      "journal_message WHERE entry = ?)",
      entry);
}

void write_state(Database& database, EntryId id, State to) {
  const auto from = database.integer("SELECT state FROM journal WHERE id = ?", id);
  if (!from || !may_move(static_cast<State>(*from), to)) {
    throw std::logic_error(fmt::format("no way for entry {} of the journal from {} to {}", id,
                                       from ? name_of(static_cast<State>(*from)) : "nowhere",
                                       name_of(to)));
  }
  database.run("UPDATE journal SET state = ? WHERE id = ?", static_cast<int>(to), id);
  if (to == State::kRunning) database.run("UPDATE journal SET tries = tries + 1 WHERE id = ?", id);
  if (is_over(to) && !is_over(static_cast<State>(*from))) release_messages(database, id);
  if (to == State::kDone) {
    release_content(database, id);
    database.run("DELETE FROM draft WHERE entry = ?", id);
  }
}

/// Later entries about the same messages presume what did not happen: they go back first.
void fail_followers(Database& database, EntryId id) {
  std::vector<Entry> followers = all_entries(database.query(
      fmt::format(
          "SELECT {} FROM journal WHERE id > ?1 AND state = 0 AND id IN (SELECT later.entry "
          "FROM journal_message AS later JOIN journal_message AS this ON this.message = "
          "later.message WHERE this.entry = ?1) ORDER BY id DESC",
          kEntryColumns),
      id));
  for (const Entry& follower : followers) {
    revert_effect(database, follower);
    write_state(database, follower.id, State::kFailed);
    database.run("UPDATE journal SET said = 'what was done before it failed' WHERE id = ?",
                 follower.id);
  }
}

}  // namespace

std::string_view name_of(Action action) {
  constexpr std::array<std::string_view, 5> kNames{"flag", "move", "expunge", "send", "append"};
  return kNames[static_cast<std::size_t>(action)];
}

std::string_view name_of(State state) {
  constexpr std::array<std::string_view, 8> kNames{"waiting", "running", "handing", "asking",
                                                   "sent",    "done",    "failed",  "undone"};
  return kNames[static_cast<std::size_t>(state)];
}

bool may_move(State from, State to) {
  return std::find(kMoves.begin(), kMoves.end(), std::pair(from, to)) != kMoves.end();
}

std::optional<Entry> Journal::find(EntryId id) {
  return first_entry(
      database_.query(fmt::format("SELECT {} FROM journal WHERE id = ?", kEntryColumns), id));
}

std::vector<EntryMessage> Journal::messages(EntryId id) {
  std::vector<EntryMessage> out;
  Statement row =
      database_.query("SELECT message, uid FROM journal_message WHERE entry = ? ORDER BY uid", id);
  while (row.step()) out.push_back({row.integer(0), static_cast<std::uint32_t>(row.integer(1))});
  return out;
}

std::string Journal::content(EntryId id) {
  const auto entry = find(id);
  return entry ? mail::read_whole(octets(*entry)) : std::string();
}

// Of what failed only what a person still has to decide about: the rest was taken back.
std::vector<Entry> Journal::unfinished() {
  return all_entries(database_.query(
      fmt::format("SELECT {} FROM journal INDEXED BY journal_unfinished WHERE state NOT IN (5, 7) "
                  "AND (state <> 6 OR action IN (3, 4)) ORDER BY id",
                  kEntryColumns)));
}

std::vector<Entry> Journal::outbox() {
  std::vector<Entry> out = unfinished();
  std::erase_if(out, [](const Entry& entry) { return entry.action != Action::kSend; });
  return out;
}

std::optional<Entry> Journal::next_for_session(std::int64_t now_ms) {
  return first_entry(database_.query(
      fmt::format(
          "SELECT {} FROM journal AS j INDEXED BY journal_unfinished WHERE state NOT IN (5, "
          "7) AND not_before <= ?1 AND ((action <> 3 AND state = 0) OR (action = 3 AND state "
          "IN (3, 4))) AND NOT EXISTS (SELECT 1 FROM journal_message AS mine JOIN "
          "journal_message AS other ON other.message = mine.message AND other.entry < j.id "
          "JOIN journal AS earlier ON earlier.id = other.entry WHERE mine.entry = j.id AND "
          "earlier.state NOT IN (5, 6, 7)) ORDER BY id LIMIT 1",
          kEntryColumns),
      now_ms));
}

std::optional<Entry> Journal::next_to_send(std::int64_t now_ms) {
  return first_entry(database_.query(
      fmt::format(
          "SELECT {} FROM journal INDEXED BY journal_unfinished WHERE state NOT IN (5, 7) "
          "AND state = 0 AND action = 3 AND not_before <= ? ORDER BY not_before, id LIMIT 1",
          kEntryColumns),
      now_ms));
}

std::optional<std::int64_t> Journal::next_due() {
  return database_.integer(
      "SELECT min(not_before) FROM journal INDEXED BY journal_unfinished WHERE state NOT IN (5, 7) "
      "AND state <> 6");
}

std::optional<std::int64_t> Journal::next_due_to_send() {
  return database_.integer(
      "SELECT min(not_before) FROM journal INDEXED BY journal_unfinished WHERE state NOT IN (5, 7) "
      "AND state = 0 AND action = 3");
}

bool Journal::begin(EntryId id) {
  Transaction transaction(database_, Transaction::Kind::kWrite);
  const auto state = database_.integer("SELECT state FROM journal WHERE id = ?", id);
  if (state != static_cast<int>(State::kWaiting)) return false;
  write_state(database_, id, State::kRunning);
  transaction.commit();
  return true;
}

void Journal::move(EntryId id, State to) {
  Transaction transaction(database_, Transaction::Kind::kWrite);
  write_state(database_, id, to);
  transaction.commit();
}

void Journal::fail(EntryId id, const std::string& said, const std::string& advice) {
  Transaction transaction(database_, Transaction::Kind::kWrite);
  const auto entry = find(id);
  if (!entry) throw std::logic_error("no such entry of the journal");
  fail_followers(database_, id);
  revert_effect(database_, *entry);
  write_state(database_, id, State::kFailed);
  database_.run("UPDATE journal SET said = ?, advice = ? WHERE id = ?", said, advice, id);
  transaction.commit();
}

void Journal::postpone(EntryId id, std::int64_t not_before_ms, const std::string& said) {
  Transaction transaction(database_, Transaction::Kind::kWrite);
  const auto state = database_.integer("SELECT state FROM journal WHERE id = ?", id);
  // What waits for its copy, or for an answer from Sent, goes on waiting for that.
  const bool keeps =
      state == static_cast<int>(State::kSent) || state == static_cast<int>(State::kAsking);
  if (!keeps) write_state(database_, id, State::kWaiting);
  database_.run("UPDATE journal SET not_before = ?, said = ? WHERE id = ?", not_before_ms, said,
                id);
  transaction.commit();
}

void Journal::split(EntryId id, const std::vector<std::string>& refused, const std::string& said,
                    const std::string& advice) {
  Transaction transaction(database_, Transaction::Kind::kWrite);
  std::string lines;
  for (const std::string& recipient : refused) lines += recipient + "\n";
  database_.run(
      "INSERT INTO journal (batch, action, state, made_at, not_before, label, message_id, sender, "
      "recipients, files_copy, is_set, undoable, tries, said, advice, content) SELECT batch, "
      "action, "
      "?, made_at, not_before, label, message_id, sender, ?, 0, is_set, 0, tries, ?, ?, content "
      "FROM journal WHERE id = ?",
      static_cast<int>(State::kFailed), lines, said, advice, id);
  const EntryId rest = database_.last_insert_id();
  database_.run(
      "INSERT INTO draft (saved_at, content, entry) SELECT saved_at, content, ? FROM draft WHERE "
      "entry = ?",
      rest, id);
  write_state(database_, id, State::kSent);
  transaction.commit();
}

void Journal::recover(std::int64_t now) {
  Transaction transaction(database_, Transaction::Kind::kWrite);
  database_.run("UPDATE journal SET state = 0 WHERE state = 1");
  database_.run("UPDATE journal SET state = 3 WHERE state = 2");
  database_.run(
      "DELETE FROM journal_message WHERE entry IN (SELECT id FROM journal WHERE (state IN (5, 7) "
      "OR (state = 6 AND action < 3)) AND made_at < ?)",
      now - kKeptFor);
  database_.run(
      "DELETE FROM journal WHERE (state IN (5, 7) OR (state = 6 AND action < 3)) AND made_at < ?",
      now - kKeptFor);
  sweep_contents(database_, now - kBegunFor);
  transaction.commit();
}

}  // namespace mua::sync
