#include "smtpd/sync.hpp"

#include <chrono>
#include <iterator>
#include <utility>

#include "conf/log.hpp"
#include "mailstore/sync_accounts.hpp"

namespace smtpd {

namespace {

// Nobody waits for it: the mail is in the queue and in the mailbox already. Shorter, and the syncs
// of a busy server stand in the way of the queue's.
constexpr std::chrono::milliseconds kGather{500};

void defer(std::vector<Attempt>& attempts) {
  for (Attempt& attempt : attempts) {
    attempt.end = Attempt::End::kDeferred;
    attempt.reply = "451 4.3.0 The mailbox can't be written now";
  }
}

}  // namespace

Sync::Sync(FolderOf folder_of, Settle settle)
    : folder_of_(std::move(folder_of)), settle_(std::move(settle)), thread_([this] { run(); }) {}

Sync::~Sync() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Sync::take(std::vector<Attempt> attempts) {
  std::vector<Attempt> not_made;
  {
    std::lock_guard lock(mutex_);
    if (waiting_.empty()) wake_.notify_one();
    for (Attempt& attempt : attempts) {
      const bool made = attempt.end == Attempt::End::kDelivered;
      (made ? waiting_[attempt.job.recipient->account] : not_made).push_back(std::move(attempt));
    }
  }
  if (!not_made.empty()) settle_(std::move(not_made));
}

void Sync::run() {
  for (Delivered delivered = gather(); !delivered.empty(); delivered = gather())
    finish(std::move(delivered));
}

/// Empty: there is nothing left and never will be.
Sync::Delivered Sync::gather() {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
  wake_.wait_for(lock, kGather, [&] { return stopping_; });
  return std::exchange(waiting_, {});
}

void Sync::finish(Delivered delivered) {
  std::vector<Attempt> attempts;
  std::vector<std::filesystem::path> folders;
  for (auto& [account, made] : delivered) {
    folders.push_back(folder_of_(account));
    std::move(made.begin(), made.end(), std::back_inserter(attempts));
  }
  try {
    mailstore::sync_accounts(folders);
  } catch (const mailstore::StoreError& error) {
    conf::log(conf::Level::kError, "sync_failed", {{"reason", error.what()}});
    defer(attempts);
  }
  settle_(std::move(attempts));
}

}  // namespace smtpd
