#include "mailstore/history.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "conf/log.hpp"
#include "mailstore/schema.hpp"
#include "mailstore/sqlite.hpp"

namespace mailstore {
namespace {

using namespace std::chrono_literals;

constexpr auto kHistoryPatience = 1s;
// More in a batch share the pages of the indexes: at 9,000 steps a second ten times as many write a
// fifth of the octets.
constexpr std::size_t kHistoryBatch = 10'000;
// Some 100 MB: when the disk has been stuck for so long, the history has a gap.
constexpr std::size_t kMostWaiting = 200'000;
constexpr auto kPruneInterval = 60s;
// As many as make a transaction that keeps nobody waiting.
constexpr int kPrunedAtOnce = 2000;
// What is wrong with the disk is said once in a while, not once a second.
constexpr auto kComplaintInterval = 60s;

// Holds what a batch changes, which would otherwise be written over and over.
constexpr int kHistoryCacheKib = 8192;
// Hundreds of steps share a page of the log, and a checkpoint is the only time it is synced.
constexpr const char* kCheckpointSeldom = "PRAGMA wal_autocheckpoint = 4000";

using Clock = std::chrono::steady_clock;

void open_history(std::optional<Database>& database, const std::filesystem::path& data) {
  if (database) return;
  database.emplace(data / "history.db", Database::Mode::kCreate, kHistoryCacheKib);
  try {
    migrate(*database, history_schema());
    database->script(kCheckpointSeldom);
  } catch (...) {
    database.reset();
    throw;
  }
}

void insert_steps(Database& database, const std::vector<Step>& steps) {
  Transaction transaction(database, Transaction::Kind::kUnsynced);
  for (const Step& step : steps)
    database.run(
        "INSERT INTO step (time, queue, message_id, sender, recipient, original, event, host, tls,"
        " reply) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        step.time, step.queue, step.message_id, step.sender, step.recipient, step.original,
        static_cast<std::int64_t>(step.event), step.host, step.tls, step.reply);
  transaction.commit();
}

/// True: there may be more.
bool prune_some(Database& database, std::int64_t before) {
  Transaction transaction(database, Transaction::Kind::kUnsynced);
  const auto removed = database.run(
      "DELETE FROM step WHERE time < ? AND id IN (SELECT id FROM step ORDER BY id LIMIT ?)", before,
      kPrunedAtOnce);
  transaction.commit();
  return removed == kPrunedAtOnce;
}

}  // namespace

std::string_view describe(Event event) {
  switch (event) {
    case Event::kAccepted: return "accepted";
    case Event::kDelivered: return "delivered";
    case Event::kDeferred: return "deferred";
    case Event::kFailed: return "failed";
    case Event::kHeld: return "held";
    case Event::kReleased: return "released";
    case Event::kRetried: return "retried";
    case Event::kRemoved: return "removed";
    case Event::kReported: return "reported";
  }
  return "unknown";
}

std::int64_t step_time() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

struct History::Impl {
  const std::filesystem::path data;
  std::mutex mutex;
  std::condition_variable wake, written_some;
  std::vector<Step> waiting;
  std::chrono::seconds keep;
  std::uint64_t added = 0, written = 0, dropped = 0;
  bool hurry = false, stopping = false;
  // The thread's alone.
  std::optional<Database> database;
  std::optional<Clock::time_point> pruned, complained;
  std::thread thread;

  Impl(std::filesystem::path folder, std::chrono::seconds kept)
      : data(std::move(folder)), keep(kept), thread([this] { run(); }) {}

  ~Impl() {
    {
      std::lock_guard lock(mutex);
      stopping = true;
    }
    wake.notify_one();
    thread.join();
  }

  void run() {
    write({});  // opens the file, so that `mailctl trace` has one to look into
    for (auto steps = gather(); !steps.empty(); steps = gather()) {
      write(steps);
      {
        std::lock_guard lock(mutex);
        written += steps.size();
      }
      written_some.notify_all();
    }
  }

  /// Empty: there is nothing left and never will be.
  std::vector<Step> gather() {
    std::unique_lock lock(mutex);
    wake.wait(lock, [&] { return stopping || !waiting.empty(); });
    wake.wait_for(lock, kHistoryPatience,
                  [&] { return stopping || hurry || waiting.size() >= kHistoryBatch; });
    hurry = false;
    return std::exchange(waiting, {});
  }

  void write(const std::vector<Step>& steps) try {
    open_history(database, data);
    if (!steps.empty()) insert_steps(*database, steps);
    prune();
  } catch (const std::exception& error) {
    database.reset();
    complain(error.what(), steps.size());
  }

  void prune() {
    const auto now = Clock::now();
    if (pruned && now - *pruned < kPruneInterval) return;
    std::unique_lock lock(mutex);
    const std::int64_t before = step_time() - std::chrono::milliseconds(keep).count();
    lock.unlock();
    // What is left over goes with the next batch: after a long pause there may be millions.
    if (!prune_some(*database, before)) pruned = now;
  }

  void complain(std::string_view reason, std::size_t lost) {
    const auto now = Clock::now();
    std::unique_lock lock(mutex);
    dropped += lost;
    if (complained && now - *complained < kComplaintInterval) return;
    complained = now;
    const std::uint64_t steps = std::exchange(dropped, 0);
    lock.unlock();
    conf::log(conf::Level::kError, "history_not_written", {{"steps", steps}, {"reason", reason}});
  }
};

History::History(std::filesystem::path data, std::chrono::seconds keep)
    : impl_(std::make_unique<Impl>(std::move(data), keep)) {}

History::~History() = default;

void History::add(Step step) {
  std::unique_lock lock(impl_->mutex);
  if (impl_->waiting.size() >= kMostWaiting) {
    ++impl_->dropped;
    return;
  }
  impl_->waiting.push_back(std::move(step));
  ++impl_->added;
  const std::size_t waiting = impl_->waiting.size();
  lock.unlock();
  if (waiting == 1 || waiting == kHistoryBatch) impl_->wake.notify_one();
}

void History::keep(std::chrono::seconds keep) {
  std::lock_guard lock(impl_->mutex);
  impl_->keep = keep;
}

void History::flush() {
  std::unique_lock lock(impl_->mutex);
  const std::uint64_t all = impl_->added;
  impl_->hurry = true;
  impl_->wake.notify_one();
  impl_->written_some.wait(lock, [&] { return impl_->written >= all; });
}

void write_history(const std::filesystem::path& data, const std::vector<Step>& steps) {
  std::optional<Database> database;
  open_history(database, data);
  insert_steps(*database, steps);
}

}  // namespace mailstore
