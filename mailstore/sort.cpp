#include "mailstore/sort.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

#include "mail/stable_order.hpp"
#include "mailstore/sort_keys.hpp"
#include "mailstore/sort_source.hpp"

namespace mailstore {

/// One criterion after the other, the last one first: each orders what the ones before it left.
struct SortRun::Impl {
  Impl(MailboxId box, const MailboxView& seen, std::vector<Uid> found,
       std::vector<mail::SortCriterion> by)
      : mailbox(box),
        view(seen),
        uids(std::move(found)),
        criteria(std::move(by)),
        source(box, view, uids),
        order(uids.size()) {
    std::iota(order.begin(), order.end(), 0u);
  }

  bool needs_source() const {
    return std::any_of(criteria.begin(), criteria.end(), [](const mail::SortCriterion& each) {
      return each.by != mail::SortBy::kModSeq && each.by != mail::SortBy::kRelevancy;
    });
  }
  bool read_numbers(const Slice& slice);
  bool step(Account& account, const Slice& slice);

  MailboxId mailbox;
  const MailboxView& view;
  std::vector<Uid> uids;
  std::vector<mail::SortCriterion> criteria;
  SortSource source;
  std::vector<std::uint32_t> order;
  std::optional<SortKeys> keys;        ///< of criteria.back()
  std::vector<std::uint64_t> numbers;  ///< what they came to, by position
  std::vector<std::uint64_t> irrelevancies;
};

// True when `numbers` are those of the last criterion.
bool SortRun::Impl::read_numbers(const Slice& slice) {
  if (criteria.back().by == mail::SortBy::kRelevancy) return numbers = irrelevancies, true;
  if (!keys) keys.emplace(criteria.back().by, mailbox, view, uids, source);
  if (!keys->step(slice)) return false;
  numbers = keys->take();
  keys.reset();
  return true;
}

bool SortRun::Impl::step(Account& account, const Slice& slice) {
  if (uids.size() < 2) return true;
  if (needs_source() && !source.prepare(account, slice)) return false;
  while (!criteria.empty()) {
    if (!read_numbers(slice)) return false;
    if (criteria.back().direction == mail::SortDirection::kDescending)
      for (std::uint64_t& number : numbers) number = ~number;
    mail::order_by(order, numbers);
    criteria.pop_back();
    if (slice.over()) return criteria.empty();
  }
  return true;
}

SortRun::SortRun(MailboxId mailbox, const MailboxView& view, std::vector<Uid> uids,
                 std::vector<mail::SortCriterion> order)
    : impl_(std::make_unique<Impl>(mailbox, view, std::move(uids), std::move(order))) {}
SortRun::~SortRun() = default;

void SortRun::rank_by(const std::vector<int>& scores) {
  for (const int score : scores) impl_->irrelevancies.push_back(mail::sort_key(-score));
}

Progress SortRun::step(Account& account, const Slice& slice) {
  const bool done = impl_->step(account, slice);
  Progress progress = impl_->source.progress();
  progress.done = done;
  return progress;
}

const std::vector<std::uint32_t>& SortRun::order() const { return impl_->order; }
const std::vector<Uid>& SortRun::uids() const { return impl_->uids; }

std::vector<Uid> sort_messages(Account& account, MailboxId mailbox, const MailboxView& view,
                               std::vector<Uid> uids, std::vector<mail::SortCriterion> order) {
  SortRun run(mailbox, view, std::move(uids), std::move(order));
  while (!run.step(account, Slice::endless()).done) {
  }
  std::vector<Uid> sorted;
  for (const std::uint32_t position : run.order()) sorted.push_back(run.uids()[position]);
  return sorted;
}

}  // namespace mailstore
