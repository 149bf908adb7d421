#include "mailstore/search.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "mailstore/mailbox_row.hpp"
#include "mailstore/search_evaluation.hpp"

namespace mailstore {

namespace {

/// Messages looked at together: what is read of them in advance takes a millisecond.
constexpr std::size_t kWindow = 2048;

std::int64_t clock_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

}  // namespace

struct SearchRun::Impl {
  MailboxId mailbox;
  const MailboxView& view;
  const mail::SearchKey& key;
  SearchEvaluation evaluation;
  std::size_t next = 0;  ///< of the view
  std::vector<Uid> found = {};
  bool mailbox_gone = false;

  void take_window(Account& account, const Slice& slice) {
    const ViewRange window{next, std::min(next + kWindow, view.messages.size())};
    for (std::uint32_t index : evaluation.matching(account, key, window, slice))
      found.push_back(view.messages[index].uid);
    next = evaluation.known_to();
  }
};

SearchRun::SearchRun(MailboxId mailbox, const MailboxView& view, const mail::SearchKey& key,
                     std::int64_t now)
    : impl_(new Impl{mailbox, view, key, SearchEvaluation(mailbox, view, now)}) {}

SearchRun::SearchRun(MailboxId mailbox, const MailboxView& view, const mail::SearchKey& key)
    : SearchRun(mailbox, view, key, clock_now()) {}

SearchRun::~SearchRun() = default;

Progress SearchRun::step(Account& account, const Slice& slice) {
  Impl& run = *impl_;
  const std::size_t all = run.view.messages.size();
  Transaction snapshot(account.database(), Transaction::Kind::kRead);
  run.mailbox_gone = !load_mailbox(account.database(), run.mailbox).has_value();
  while (!run.mailbox_gone && run.next < all) {
    run.take_window(account, slice);
    if (slice.over()) break;
  }
  return {.done = run.mailbox_gone || run.next == all, .made = run.next, .goal = all};
}

Result<std::vector<Uid>, Failure> SearchRun::take() {
  if (impl_->mailbox_gone) return unexpected(Failure::kNoSuchMailbox);
  return std::move(impl_->found);
}

Result<std::vector<Uid>, Failure> search(Account& account, MailboxId mailbox,
                                         const MailboxView& view, const mail::SearchKey& key) {
  return search(account, mailbox, view, key, clock_now());
}

Result<std::vector<Uid>, Failure> search(Account& account, MailboxId mailbox,
                                         const MailboxView& view, const mail::SearchKey& key,
                                         std::int64_t now) {
  SearchRun run(mailbox, view, key, now);
  run.step(account, Slice::endless());
  return run.take();
}

}  // namespace mailstore
