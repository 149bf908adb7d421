#include "mailstore/queue_control.hpp"

#include <charconv>

#include "mailstore/content_files.hpp"
#include "mailstore/queue_bell.hpp"
#include "mailstore/queue_moves.hpp"
#include "mailstore/queue_tables.hpp"
#include "mailstore/schema.hpp"

namespace mailstore {
namespace {

struct Rule {
  Decision decision;
  RecipientState from, to;
};

// Which recipients a decision is about; whether they may move so is queue_moves' to say.
constexpr Rule kRules[] = {
    {Decision::kRetry, RecipientState::kQueued, RecipientState::kQueued},
    {Decision::kHold, RecipientState::kQueued, RecipientState::kHeld},
    {Decision::kRelease, RecipientState::kHeld, RecipientState::kQueued},
    {Decision::kRemove, RecipientState::kQueued, RecipientState::kFailed},
    {Decision::kRemove, RecipientState::kHeld, RecipientState::kFailed},
};

std::optional<RecipientState> state_after(Decision decision, RecipientState from) {
  for (const Rule& rule : kRules)
    if (rule.decision == decision && rule.from == from)
      return state_after(Cause::kDecision, from, rule.to);
  return std::nullopt;
}

bool write_state(Database& database, QueueId message, const QueuedRecipient& recipient,
                 RecipientState after, std::int64_t now) {
  const bool due = after == RecipientState::kQueued;
  return database.run(
             "UPDATE recipient SET state = ?, next_attempt = ?"
             " WHERE message = ? AND number = ? AND state = ?",
             static_cast<std::int64_t>(after), due ? now : recipient.next_attempt, message,
             recipient.number, static_cast<std::int64_t>(recipient.state)) == 1;
}

/// False: it may not move so, or is gone. Where smtpd was quicker, its state is read anew.
bool move(Database& database, Decision decision, QueueId message, QueuedRecipient& recipient,
          std::int64_t now) {
  auto after = state_after(decision, recipient.state);
  if (after && write_state(database, message, recipient, *after, now)) return true;
  const auto state = database.integer(
      "SELECT state FROM recipient WHERE message = ? AND number = ?", message, recipient.number);
  if (!state) return false;
  recipient.state = static_cast<RecipientState>(*state);
  after = state_after(decision, recipient.state);
  return after && write_state(database, message, recipient, *after, now);
}

bool is_done_with(Database& database, QueueId message) {
  return !database.integer("SELECT 1 FROM recipient WHERE message = ? AND state IN (?, ?) LIMIT 1",
                           message, static_cast<std::int64_t>(RecipientState::kQueued),
                           static_cast<std::int64_t>(RecipientState::kHeld));
}

}  // namespace

struct QueueControl::Impl {
  std::filesystem::path data;
  ContentFiles files;
  std::optional<Database> database;
  std::string epoch;

  explicit Impl(const std::filesystem::path& folder) : data(folder), files(folder / "queue") {
    const std::filesystem::path file = folder / "queue.db";
    if (!std::filesystem::exists(file)) return;
    database.emplace(file, Database::Mode::kExisting);
    expect_current(*database, queue_schema());
    epoch = queue_epoch(*database);
  }

  /// Moves what may move of one message; false: nothing of it.
  bool move_message(Decision decision, QueuedMessage& message, std::int64_t now) {
    std::erase_if(message.recipients, [&](QueuedRecipient& recipient) {
      return !move(*database, decision, message.id, recipient, now);
    });
    return !message.recipients.empty();
  }

  /// Also of a message whose file is lost, which is a reason to remove it.
  Content content_of(QueueId id) {
    const bool in_file =
        database->integer("SELECT content IS NULL FROM message WHERE id = ?", id) == 1;
    if (in_file && !std::filesystem::exists(files.path(id))) return {};
    const auto message = read_queued(*database, files, epoch, id);
    return message ? message->content : Content();
  }

  std::optional<QueuedMessage> queue_report(const QueuedMessage& about, const Reporter& make) {
    QueuedMessage whole = about;
    whole.content = content_of(about.id);
    auto report = make(whole);
    if (!report) return std::nullopt;
    report->size = report->content.size();
    report->id = insert_queued(*database, *report, ContentPlace::kRow);
    report->name = queue_name(epoch, report->id);
    return report;
  }
};

QueueControl::QueueControl(const std::filesystem::path& data)
    : impl_(std::make_unique<Impl>(data)) {}

QueueControl::~QueueControl() = default;

// name = [epoch "-"] 1*DIGIT        "5f0c21d9a7e4b863-17", "17"
std::optional<QueueId> QueueControl::find_id(std::string_view name) const {
  const std::string prefix = impl_->epoch + "-";
  if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
  QueueId id = 0;
  const auto [rest, error] = std::from_chars(name.data(), name.data() + name.size(), id);
  if (error != std::errc() || rest != name.data() + name.size() || id < 1) return std::nullopt;
  return id;
}

std::string QueueControl::name_of(QueueId id) const { return queue_name(impl_->epoch, id); }

std::optional<QueuedMessage> QueueControl::find(QueueId id) const {
  if (!impl_->database) return std::nullopt;
  Transaction snapshot(*impl_->database, Transaction::Kind::kRead);
  return read_envelope(*impl_->database, impl_->epoch, id);
}

std::vector<QueuedMessage> QueueControl::find(const QueueFilter& filter, std::int64_t now,
                                              std::size_t most) const {
  std::vector<QueuedMessage> found;
  if (!impl_->database) return found;
  Transaction snapshot(*impl_->database, Transaction::Kind::kRead);
  const auto take = [&](QueuedMessage message) {
    if (!matches(filter, message, now)) return true;
    std::erase_if(message.recipients, [&](const auto& each) { return !matches(filter, each); });
    if (!message.recipients.empty()) found.push_back(std::move(message));
    return found.size() < most;
  };
  if (filter.messages.empty()) {
    each_envelope(*impl_->database, take);
    return found;
  }
  for (const QueueId id : filter.messages)
    if (auto message = read_envelope(*impl_->database, impl_->epoch, id)) take(std::move(*message));
  return found;
}

QueueCounts QueueControl::count() const {
  QueueCounts counts;
  if (!impl_->database) return counts;
  Transaction snapshot(*impl_->database, Transaction::Kind::kRead);
  Statement message = impl_->database->query(
      "SELECT count(*), min(received_at) FROM message"
      " WHERE EXISTS (SELECT 1 FROM recipient WHERE message = message.id)");
  if (message.step()) counts.messages = message.integer(0);
  if (counts.messages > 0) counts.oldest = message.integer(1);
  Statement row = impl_->database->query(
      "SELECT sum(state = 0 AND attempts = 0), sum(state = 0 AND attempts > 0), sum(state = 3)"
      " FROM recipient");
  if (row.step()) {
    counts.queued = row.integer(0);
    counts.deferred = row.integer(1);
    counts.held = row.integer(2);
  }
  return counts;
}

// What is meant is found before the write lock is taken, which smtpd waits for, too.
QueueControl::Decided QueueControl::decide(Decision decision, const QueueFilter& filter,
                                           std::int64_t now, const Reporter& report) {
  Decided decided;
  std::vector<QueuedMessage> meant = find(filter, now);
  if (meant.empty()) return decided;
  Database& database = *impl_->database;
  std::vector<QueueId> ended;
  Transaction transaction(database, Transaction::Kind::kWrite);
  for (QueuedMessage& message : meant) {
    if (!impl_->move_message(decision, message, now)) continue;
    const bool removes = decision == Decision::kRemove;
    decided.reports.push_back(removes && report ? impl_->queue_report(message, report)
                                                : std::nullopt);
    if (removes && is_done_with(database, message.id)) {
      end_queued(database, message.id);
      ended.push_back(message.id);
    }
    decided.messages.push_back(std::move(message));
  }
  const std::vector<QueueId> with_file = remove_ended(database, ended);
  transaction.commit();
  for (QueueId id : with_file) impl_->files.remove(id);
  if (!decided.messages.empty()) decided.heard = ring_queue(impl_->data);
  return decided;
}

}  // namespace mailstore
