// The keys of one criterion of SORT: a number for each message chosen, by which they are ordered.
// Dates and sizes are numbers; a text becomes one by its place among all texts of the mailbox.
// Private to the room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "mail/sort_criteria.hpp"
#include "mailstore/sort_source.hpp"

namespace mailstore {

/// Long work, cut into slices. Everything handed in must stay; `source` is prepared, unless the
/// criterion is MODSEQ, which the view has.
class SortKeys {
 public:
  SortKeys(mail::SortBy by, MailboxId mailbox, const MailboxView& view,
           const std::vector<Uid>& uids, SortSource& source);

  /// True when it is done.
  bool step(const Slice& slice);
  /// By position.
  std::vector<std::uint64_t> take() { return std::move(keys_); }

 private:
  void read_mod_seqs();
  bool read_numbers(const Slice& slice);
  void read_texts();
  bool is_worth_ranking() const;
  std::vector<std::uint32_t> rank_all();
  void by_rank(const std::vector<std::uint32_t>& ranks);
  void place_unranked(std::size_t ranked);
  void by_text();

  mail::SortBy by_;
  SortColumn column_;
  MailboxId mailbox_;
  const MailboxView& view_;
  const std::vector<Uid>& uids_;
  SortSource& source_;
  std::vector<std::uint64_t> keys_;
  std::size_t next_chunk_ = 0;
};

}  // namespace mailstore
