#include "mailstore/thread_run.hpp"

#include <utility>

namespace mailstore {

ThreadRun::ThreadRun(MailboxId mailbox, const MailboxView& view, std::vector<Uid> uids,
                     mail::ThreadAlgorithm algorithm)
    : uids_(std::move(uids)), source_(mailbox, view, uids_), algorithm_(algorithm) {}

Progress ThreadRun::step(Account& account, const Slice& slice) {
  const bool done = source_.prepare(account, slice) && link(slice);
  Progress progress = source_.progress();
  progress.done = done;
  return progress;
}

bool ThreadRun::link(const Slice& slice) {
  if (!threader_) threader_.emplace(algorithm_, uids_.size());
  const auto add = [&](const Threadable& each) { threader_->add(each.message, each.references); };
  while (next_chunk_ < source_.chunks()) {
    source_.threads(next_chunk_++, add);
    if (slice.over()) return false;
  }
  source_.remaining_threads(add);
  threads_ = std::move(*threader_).finish();
  threader_.reset();
  return true;
}

}  // namespace mailstore
