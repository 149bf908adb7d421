#include "mailstore/group_committer.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

namespace mailstore {
namespace {

constexpr std::chrono::milliseconds kPatience{50};
// Bounds how long a single acceptance waits for its batch, and the memory of the transaction.
constexpr std::ptrdiff_t kLargestBatch = 512;

}  // namespace

GroupCommitter::GroupCommitter(Database& database, std::function<void()> before_commit)
    : database_(database), before_commit_(std::move(before_commit)), thread_([this] { run(); }) {}

GroupCommitter::~GroupCommitter() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void GroupCommitter::submit(GroupWork work, Urgency urgency) {
  std::unique_lock lock(mutex_);
  const bool wakes = waiting_.empty() || (urgency != Urgency::kWithOthers && !urgent_);
  waiting_.push_back(std::move(work));
  urgent_ = urgent_ || urgency != Urgency::kWithOthers;
  ++submitted_;
  if (urgency == Urgency::kHere && idle()) return commit_waiting(lock);
  if (wakes) wake_.notify_one();
}

void GroupCommitter::flush() {
  std::unique_lock lock(mutex_);
  const std::uint64_t all = submitted_;
  if (finished_ >= all || committing_ == std::this_thread::get_id()) return;
  urgent_ = true;
  wake_.notify_one();
  finished_one_.wait(lock, [&] { return finished_ >= all; });
}

void GroupCommitter::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [&] { return idle() && (stopping_ || !waiting_.empty()); });
    wake_.wait_for(lock, kPatience, [&] { return idle() && (stopping_ || urgent_); });
    if (!idle()) continue;
    if (!waiting_.empty()) {
      commit_waiting(lock);
    } else if (stopping_) {
      return;
    }
  }
}

void GroupCommitter::commit_waiting(std::unique_lock<std::mutex>& lock) {
  committing_ = std::this_thread::get_id();
  std::vector<GroupWork> batch = take_batch();
  const std::uint64_t size = batch.size();
  lock.unlock();
  commit(std::move(batch));
  lock.lock();
  committing_ = {};
  finished_ += size;
  finished_one_.notify_all();
  if (stopping_ || !waiting_.empty()) wake_.notify_one();
}

std::vector<GroupWork> GroupCommitter::take_batch() {
  const auto end = waiting_.begin() + std::min(kLargestBatch, std::ssize(waiting_));
  std::vector<GroupWork> batch(std::move_iterator(waiting_.begin()), std::move_iterator(end));
  waiting_.erase(waiting_.begin(), end);
  urgent_ = !waiting_.empty();
  return batch;
}

void GroupCommitter::commit(std::vector<GroupWork> batch) {
  std::exception_ptr error = try_commit(batch);
  if (error && batch.size() > 1) {
    for (GroupWork& work : batch) {
      std::vector<GroupWork> alone;
      alone.push_back(std::move(work));
      commit(std::move(alone));
    }
    return;
  }
  for (const GroupWork& work : batch)
    if (work.finish) work.finish(error);
}

std::exception_ptr GroupCommitter::try_commit(const std::vector<GroupWork>& batch) try {
  Transaction transaction(database_, Transaction::Kind::kWrite);
  for (const GroupWork& work : batch) work.apply();
  before_commit_();
  transaction.commit();
  return nullptr;
} catch (...) {
  return std::current_exception();
}

}  // namespace mailstore
