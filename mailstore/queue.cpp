#include "mailstore/queue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "mailstore/content_files.hpp"
#include "mailstore/errors.hpp"
#include "mailstore/files.hpp"
#include "mailstore/group_committer.hpp"
#include "mailstore/process_lock.hpp"
#include "mailstore/queue_tables.hpp"
#include "mailstore/schema.hpp"

namespace mailstore {
namespace {

constexpr int kWriterCacheKib = 8192;
// As many as are removed in ten milliseconds or so, which is what an acceptance may have to wait
// for.
constexpr std::ptrdiff_t kRemovedTogether = 2000;
// Messages looked through for those that ended before a crash, at a time.
constexpr std::size_t kLookedThrough = 10'000;

std::filesystem::path made(const std::filesystem::path& folder) {
  make_folder(folder);
  return folder;
}

/// Throws rather than have a new and empty queue in place of a lost one sweep what lies beside it.
std::filesystem::path queue_file(const std::filesystem::path& data) {
  auto file = data / "queue.db";
  const std::filesystem::path contents = data / "queue";
  if (std::filesystem::exists(file) || !std::filesystem::exists(contents) ||
      std::filesystem::is_empty(contents))
    return file;
  throw StoreError(fmt::format(
      "{} is missing; restore it from a backup, or move {} away to begin with an empty queue",
      file.string(), contents.string()));
}

/// Messages reuse the pages of those delivered before, so a long log holds each page many times and
/// copies it back once. It keeps its length, too: a sync that makes it longer takes twice the time
/// of one that does not.
constexpr const char* kLongLog = "PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = -1";

}  // namespace

struct Queue::Impl {
  ProcessLock lock;
  std::filesystem::path staging;
  std::uint64_t inline_limit;
  ContentFiles files;
  Database writer;  // the committer's, once it runs
  std::string epoch;
  bool files_kept = false;  // in the transaction under way; the committer's
  std::mutex reading;       // of reader
  Database reader;
  std::mutex sweeping;                      // of sweeper and what it has looked through
  Database sweeper;                         // looks for what is due, while messages are read
  QueueId looked_through = 0, last_before;  // the message that was the last one at the start
  std::mutex ending;                        // of ended
  std::vector<QueueId> ended;               // and not looked at yet
  std::mutex removing;
  std::vector<QueueId> leaving;  // sorted; removed from its end
  GroupCommitter committer;      // last: it ends before what it uses

  Impl(const std::filesystem::path& data, std::uint64_t limit,
       std::function<void(std::string_view)> step)
      : lock(made(data) / "queue.lock"),
        staging(made(data / "staging")),
        inline_limit(limit),
        files(made(data / "queue")),
        writer(queue_file(data), Database::Mode::kCreate, kWriterCacheKib),
        epoch(open_tables(std::move(step))),
        reader(data / "queue.db", Database::Mode::kExisting),
        sweeper(data / "queue.db", Database::Mode::kExisting),
        last_before(sweeper.integer("SELECT max(id) FROM message").value_or(0)),
        committer(writer, [this] { sync_files(); }) {}

  ~Impl() {
    committer.flush();
    constexpr std::ptrdiff_t kAll = std::numeric_limits<std::ptrdiff_t>::max();
    remove_ended(kAll);  // what a tidying has begun with
    remove_ended(kAll);  // and what has ended since
  }

  std::string open_tables(std::function<void(std::string_view)> step) {
    migrate(writer, queue_schema());
    writer.script(kLongLog);
    sweep_staging(staging);
    files.sweep([this](std::int64_t id) {
      return writer.integer("SELECT 1 FROM message WHERE id = ?", id).has_value();
    });
    writer.on_step(std::move(step));
    return queue_epoch(writer);
  }

  void store(QueuedMessage& message) {
    const bool in_row = message.content.file().empty() && message.size <= inline_limit;
    message.id = insert_queued(writer, message, in_row ? ContentPlace::kRow : ContentPlace::kFile);
    message.name = queue_name(epoch, message.id);
    if (in_row) return;
    writer.reached("keep content");
    files.keep(message.content, message.id);
    files_kept = true;
  }

  void sync_files() {
    if (!std::exchange(files_kept, false)) return;
    writer.reached("sync contents");
    files.sync();
  }

  /// Returns the messages that have ended.
  std::vector<QueueId> apply(const std::vector<Outcome>& outcomes) {
    std::map<QueueId, std::vector<Outcome>> by_message;
    for (const Outcome& outcome : outcomes) by_message[outcome.message].push_back(outcome);
    std::vector<QueueId> some;
    for (const auto& [message, its_outcomes] : by_message) {
      if (!apply_outcomes(writer, message, its_outcomes)) continue;
      end_queued(writer, message);
      some.push_back(message);
    }
    return some;
  }

  void record(std::vector<Outcome> outcomes, std::function<void(std::exception_ptr)> done) {
    auto some = std::make_shared<std::vector<QueueId>>();
    committer.submit({[this, some, outcomes = std::move(outcomes)] { *some = apply(outcomes); },
                      [this, some, done = std::move(done)](const std::exception_ptr& error) {
                        if (!error) note_ended(*some);
                        if (done) done(error);
                      }},
                     Urgency::kWithOthers);
  }

  void note_ended(const std::vector<QueueId>& some) {
    std::lock_guard lock(ending);
    ended.insert(ended.end(), some.begin(), some.end());
  }

  // Neighbours share pages, so many are removed in the order in which they lie.
  void remove_ended(std::ptrdiff_t most) {
    std::lock_guard lock(removing);
    if (leaving.empty()) {
      std::lock_guard lock_ended(ending);
      leaving.swap(ended);
      std::ranges::sort(leaving);
    }
    if (leaving.empty()) return;
    const auto first = leaving.end() - std::min(most, std::ssize(leaving));
    const std::vector<QueueId> some(first, leaving.end());
    leaving.erase(first, leaving.end());
    auto with_file = std::make_shared<std::vector<QueueId>>();
    const auto remove = [this, some, with_file] {
      *with_file = mailstore::remove_ended(writer, some);
    };
    const auto removed = [this, some, with_file](const std::exception_ptr& error) {
      if (error) {
        note_ended(some);  // the next time, then
      } else {
        remove_files(*with_file);
      }
    };
    committer.submit({remove, removed}, Urgency::kWithOthers);
  }

  bool more_are_leaving() {
    std::lock_guard lock(removing);
    return !leaving.empty();
  }

  void remove_files(const std::vector<QueueId>& messages) {
    for (QueueId message : messages) {
      writer.reached("remove content");
      files.remove(message);
    }
  }

  /// Those that a process before this one didn't come to remove.
  void look_for_ended() {
    std::lock_guard lock(sweeping);
    if (looked_through >= last_before) return;
    const EndedMessages found = ended_after(sweeper, looked_through, kLookedThrough);
    note_ended(found.ids);
    looked_through = found.last != 0 ? found.last : last_before;
  }

  /// Those that are still there.
  std::vector<std::shared_ptr<const QueuedMessage>> read_all(const std::vector<QueueId>& ids) {
    std::vector<std::shared_ptr<const QueuedMessage>> messages;
    for (QueueId id : ids)
      if (auto message = read(id)) messages.push_back(std::move(message));
    return messages;
  }

  /// Null: it was removed meanwhile, or is held now because its file is lost.
  std::shared_ptr<const QueuedMessage> read(QueueId id) try {
    auto message = read_queued(reader, files, epoch, id);
    return message ? std::make_shared<QueuedMessage>(std::move(*message)) : nullptr;
  } catch (const StoreError& error) {
    if (std::filesystem::exists(files.path(id))) throw;
    record(hold_all(id, error.what()), {});
    return nullptr;
  }

  std::vector<Outcome> hold_all(QueueId id, const std::string& reason) {
    std::vector<Outcome> outcomes;
    Statement row =
        reader.query("SELECT number FROM recipient WHERE message = ? AND state = 0", id);
    while (row.step())
      outcomes.push_back({id, static_cast<std::int32_t>(row.integer(0)), RecipientState::kHeld, 0,
                          reason, Cause::kDecision});
    return outcomes;
  }
};

Queue::Queue(const std::filesystem::path& data, std::uint64_t inline_limit,
             std::function<void(std::string_view)> step)
    : impl_(std::make_unique<Impl>(data, inline_limit, std::move(step))) {}

Queue::~Queue() = default;

Staging Queue::stage() const { return Staging(impl_->staging, impl_->inline_limit); }

void Queue::accept(QueuedMessage message, Accepted done, Caller caller) {
  if (message.recipients.empty()) throw std::invalid_argument("a queued message needs a recipient");
  message.size = message.content.size();
  for (std::size_t i = 0; i < message.recipients.size(); ++i) {
    QueuedRecipient& recipient = message.recipients[i];
    recipient.number = static_cast<std::int32_t>(i);
    if (recipient.next_attempt == 0) recipient.next_attempt = message.received_at;
  }
  auto stored = std::make_shared<QueuedMessage>(std::move(message));
  impl_->committer.submit({[this, stored] { impl_->store(*stored); },
                           [stored, done = std::move(done)](const std::exception_ptr& error) {
                             done(error ? nullptr : stored, error);
                           }},
                          caller == Caller::kMayBlock ? Urgency::kHere : Urgency::kAtOnce);
}

void Queue::record(std::vector<Outcome> outcomes, std::function<void(std::exception_ptr)> done) {
  impl_->record(std::move(outcomes), std::move(done));
}

std::vector<std::shared_ptr<const QueuedMessage>> Queue::due(std::int64_t now,
                                                             std::size_t most) const {
  impl_->committer.flush();
  std::lock_guard lock(impl_->reading);
  Transaction snapshot(impl_->reader, Transaction::Kind::kRead);
  return impl_->read_all(due_messages(impl_->reader, now, most));
}

std::vector<DueRecipient> Queue::due_after(const DueCursor& from, std::int64_t now,
                                           std::size_t most) const {
  std::lock_guard lock(impl_->sweeping);
  return due_recipients(impl_->sweeper, from, now, most);
}

std::vector<std::shared_ptr<const QueuedMessage>> Queue::read(
    const std::vector<QueueId>& ids) const {
  std::lock_guard lock(impl_->reading);
  Transaction snapshot(impl_->reader, Transaction::Kind::kRead);
  return impl_->read_all(ids);
}

std::vector<std::string> Queue::finished(const std::vector<std::string>& delivery_ids) const {
  std::lock_guard lock(impl_->reading);
  Transaction snapshot(impl_->reader, Transaction::Kind::kRead);
  std::vector<std::string> finished;
  for (const std::string& id : delivery_ids) {
    const auto delivery = parse_delivery_id(impl_->epoch, id);
    if (delivery && is_finished(impl_->reader, *delivery)) finished.push_back(id);
  }
  return finished;
}

bool Queue::tidy() {
  if (!impl_->more_are_leaving()) impl_->look_for_ended();
  impl_->remove_ended(kRemovedTogether);
  impl_->committer.flush();
  return impl_->more_are_leaving();
}

std::optional<std::int64_t> Queue::next_due(std::int64_t after) const {
  impl_->committer.flush();
  std::lock_guard lock(impl_->sweeping);
  return earliest_due(impl_->sweeper, after);
}

std::vector<QueuedMessage> list_queue(const std::filesystem::path& data) {
  const std::filesystem::path file = data / "queue.db";
  if (!std::filesystem::exists(file)) return {};
  Database database(file, Database::Mode::kExisting);
  Transaction snapshot(database, Transaction::Kind::kRead);
  return read_all_queued(database);
}

}  // namespace mailstore
