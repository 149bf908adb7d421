// SORT on the store (RFC 5256, RFC 5957, RFC 6203): orders messages that a search has found. Long
// work, cut into slices (slice.hpp). The keys of a mailbox that is sorted as a whole are kept
// packed in sort.db, with the order of its texts, so that sorting 200,000 messages again reads some
// megabytes and compares no text.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "mail/sort_criteria.hpp"
#include "mailstore/messages.hpp"
#include "mailstore/slice.hpp"

namespace mailstore {

class SortRun {
 public:
  /// `uids`: ascending. `view`, the session's own, must stay.
  SortRun(MailboxId mailbox, const MailboxView& view, std::vector<Uid> uids,
          std::vector<mail::SortCriterion> order);
  ~SortRun();
  SortRun(const SortRun&) = delete;
  SortRun& operator=(const SortRun&) = delete;

  /// How well each of the UIDs matches, for RELEVANCY (RFC 6203 §6): the best come first. Before
  /// the first step.
  void rank_by(const std::vector<int>& scores);

  Progress step(Account& account, const Slice& slice);
  /// Places among the UIDs, in order; what is equal by every criterion in the order of the mailbox.
  const std::vector<std::uint32_t>& order() const;
  const std::vector<Uid>& uids() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The UIDs in order, in one turn: for few messages.
std::vector<Uid> sort_messages(Account& account, MailboxId mailbox, const MailboxView& view,
                               std::vector<Uid> uids, std::vector<mail::SortCriterion> order);

}  // namespace mailstore
