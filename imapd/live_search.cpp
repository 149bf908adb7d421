#include "imapd/live_search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <unordered_set>
#include <utility>

#include "imapd/selected.hpp"
#include "mail/imap_response.hpp"

namespace imapd {

namespace {

using mailstore::Uid;
using Uids = std::vector<Uid>;

/// Neighbours in a result, and the position of the first of them; 0: the mailbox's order.
struct Run {
  std::size_t position = 0;
  Uids uids;
};

bool has(const Uids& ascending, Uid uid) {
  return std::binary_search(ascending.begin(), ascending.end(), uid);
}

Uids sorted(Uids uids) {
  std::sort(uids.begin(), uids.end());
  return uids;
}

/// Those of `result` that are in `wanted` (ascending), as runs. Removed runs count their positions
/// as if the runs before them were gone, added ones as if they were there: each pair is carried out
/// before the next (RFC 5267 §4.3.3, §4.3.4).
enum class RunOf { kRemove, kAdd };
std::vector<Run> runs_of(const Uids& result, const Uids& wanted, RunOf change) {
  std::vector<Run> runs;
  std::size_t position = 0;
  bool joins = false;
  for (Uid uid : result) {
    bool concerned = has(wanted, uid);
    if (!concerned || change == RunOf::kAdd) ++position;
    if (concerned) {
      if (!joins) runs.push_back({change == RunOf::kAdd ? position : position + 1, {}});
      runs.back().uids.push_back(uid);
    }
    joins = concerned;
  }
  return runs;
}

/// A search's result has the mailbox's order, in which the shortest form is one set.
std::vector<Run> told_runs(const LiveSearch& search, const Uids& result, const Uids& wanted,
                           RunOf change) {
  if (search.order) return runs_of(result, wanted, change);
  if (wanted.empty()) return {};
  return {{0, wanted}};
}

// ret-data-addto = "ADDTO" SP "(" context-position SP sequence-set *(SP context-position SP
//                  sequence-set) ")"        and REMOVEFROM alike
void append_runs(const LiveSearch& search, const std::vector<Run>& runs, std::string_view item,
                 const Selected& selected, std::string& out) {
  std::string pairs;
  for (const auto& run : runs) {
    std::vector<std::uint32_t> numbers;
    for (Uid uid : run.uids) {
      auto sequence = selected.sequence_of(uid);
      if (sequence) numbers.push_back(search.numbering == Numbering::kUid ? uid : *sequence);
    }
    if (numbers.empty()) continue;
    if (!pairs.empty()) pairs += ' ';
    pairs += fmt::format("{} {}", run.position, mail::render_uid_set(numbers));
  }
  if (pairs.empty()) return;
  out += "* ESEARCH (TAG ";
  mail::append_string(out, search.tag);
  out += search.numbering == Numbering::kUid ? ") UID " : ") ";
  out += fmt::format("{} ({})\r\n", item, pairs);
}

}  // namespace

void fix_sequence_numbers(mail::SearchKey& key, const Selected& selected) {
  if (key.kind == mail::SearchKey::Kind::kSequence) {
    auto found = selected.find({key.set, false}, Numbering::kSequence);
    key.kind = mail::SearchKey::Kind::kUid;
    key.set = mail::SequenceSet(found ? selected.uids(*found) : std::vector<mail::NumberRange>());
  }
  for (auto& child : key.children) fix_sequence_numbers(child, selected);
}

bool LiveSearches::knows(std::string_view tag) const {
  return std::any_of(searches_.begin(), searches_.end(),
                     [tag](const LiveSearch& search) { return search.tag == tag; });
}

bool LiveSearches::cancel(std::string_view tag) {
  auto cancelled =
      std::erase_if(searches_, [tag](const LiveSearch& search) { return search.tag == tag; });
  if (searches_.empty()) Uids().swap(touched_);
  return cancelled > 0;
}

void LiveSearches::touch(Uid uid) {
  if (!searches_.empty()) touched_.push_back(uid);
}

std::vector<Uid> LiveSearches::take_touched() {
  auto uids = sorted(std::exchange(touched_, {}));
  uids.erase(std::unique(uids.begin(), uids.end()), uids.end());
  return uids;
}

void LiveSearches::expunging(const Uids& uids, const Selected& selected, std::string& out) {
  auto gone = sorted(uids);
  for (auto& search : searches_) {
    tell_change(search, changed_result(search, gone, {}), selected, out);
  }
}

ResultChange changed_result(const LiveSearch& search, const Uids& touched, const Uids& matching) {
  ResultChange change;
  for (Uid uid : search.uids) {
    bool leaves = has(touched, uid) && !has(matching, uid);
    (leaves ? change.removed : change.now).push_back(uid);
  }
  std::unordered_set<Uid> known(change.now.begin(), change.now.end());
  std::copy_if(matching.begin(), matching.end(), std::back_inserter(change.now),
               [&](Uid uid) { return !known.contains(uid); });
  if (!search.order) change.now = sorted(std::move(change.now));
  return change;
}

Uids newly_arrived(const LiveSearch& search, const ResultChange& change) {
  Uids arrived;
  std::copy_if(change.now.begin(), change.now.end(), std::back_inserter(arrived),
               [&](Uid uid) { return uid >= search.next; });
  return sorted(std::move(arrived));
}

// An order by what changes (MODSEQ) may move those that stay.
void note_moves(const LiveSearch& search, const Uids& touched, ResultChange& change) {
  auto before = sorted(search.uids);
  auto removed = sorted(change.removed);
  Uids stayed, stay;
  std::copy_if(search.uids.begin(), search.uids.end(), std::back_inserter(stayed),
               [&](Uid uid) { return !has(removed, uid); });
  std::copy_if(change.now.begin(), change.now.end(), std::back_inserter(stay),
               [&](Uid uid) { return has(before, uid); });
  if (stayed == stay) return;
  std::copy_if(stay.begin(), stay.end(), std::back_inserter(change.removed),
               [&](Uid uid) { return has(touched, uid); });
}

void tell_change(LiveSearch& search, ResultChange change, const Selected& selected,
                 std::string& out) {
  auto removed = sorted(std::move(change.removed));
  auto before = sorted(search.uids);
  auto now = sorted(change.now);
  Uids stayed, added;
  std::set_difference(before.begin(), before.end(), removed.begin(), removed.end(),
                      std::back_inserter(stayed));
  std::set_difference(now.begin(), now.end(), stayed.begin(), stayed.end(),
                      std::back_inserter(added));
  append_runs(search, told_runs(search, search.uids, removed, RunOf::kRemove), "REMOVEFROM",
              selected, out);
  append_runs(search, told_runs(search, change.now, added, RunOf::kAdd), "ADDTO", selected, out);
  search.uids = std::move(change.now);
}

}  // namespace imapd
