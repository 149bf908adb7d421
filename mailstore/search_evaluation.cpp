#include "mailstore/search_evaluation.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "mail/ascii.hpp"
#include "mail/date.hpp"
#include "mail/header.hpp"
#include "mail/searchable.hpp"
#include "mail/thread_number.hpp"
#include "mailstore/object_id.hpp"
#include "mailstore/search_text.hpp"

namespace mailstore {

namespace {

using mail::SearchKey;
using Kind = SearchKey::Kind;
using Selection = SearchEvaluation::Selection;
using ContentIds = std::vector<std::int64_t>;

constexpr std::int64_t kSecondsADay = 86400;

/// What looking costs: the view, a row, a header, a message.
int cost(const SearchKey& key) {
  int most = 0;
  for (const SearchKey& child : key.children) most = std::max(most, cost(child));
  switch (key.kind) {
    case Kind::kBefore:
    case Kind::kOn:
    case Kind::kSince:
    case Kind::kLarger:
    case Kind::kSmaller:
    case Kind::kOlder:
    case Kind::kSavedBefore:
    case Kind::kSavedOn:
    case Kind::kSavedSince:
    case Kind::kEmailId:
    case Kind::kYounger: return 1;
    case Kind::kThreadId:
    case Kind::kSentBefore:
    case Kind::kSentOn:
    case Kind::kSentSince: return 2;
    case Kind::kHeader: return 3;
    case Kind::kBody:
    case Kind::kText: return 4;
    default: return most;
  }
}

Selection difference(const Selection& all, const Selection& some) {
  Selection rest;
  std::set_difference(all.begin(), all.end(), some.begin(), some.end(), std::back_inserter(rest));
  return rest;
}

Selection intersection(const Selection& left, const Selection& right) {
  Selection both;
  if (left.empty()) return both;
  const auto first = std::lower_bound(right.begin(), right.end(), left.front());
  const auto last = std::upper_bound(first, right.end(), left.back());
  std::set_intersection(left.begin(), left.end(), first, last, std::back_inserter(both));
  return both;
}

Selection merged(const Selection& left, const Selection& right) {
  Selection both;
  std::merge(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(both));
  return both;
}

template <class Predicate>
Selection filtered(const Selection& among, const Predicate& predicate) {
  Selection those;
  std::copy_if(among.begin(), among.end(), std::back_inserter(those), predicate);
  return those;
}

std::vector<const SearchKey*> cheapest_first(const std::vector<SearchKey>& keys) {
  std::vector<const SearchKey*> order;
  for (const SearchKey& key : keys) order.push_back(&key);
  std::stable_sort(order.begin(), order.end(),
                   [](const SearchKey* a, const SearchKey* b) { return cost(*a) < cost(*b); });
  return order;
}

bool is_text(Kind kind) {
  return kind == Kind::kHeader || kind == Kind::kBody || kind == Kind::kText;
}

/// kBefore, kOn and kSince, and their like of the Date: field and of the day of saving.
bool day_matches(const SearchKey& key, std::int64_t day) {
  switch (key.kind) {
    case Kind::kBefore:
    case Kind::kSavedBefore:
    case Kind::kSentBefore: return day < key.day;
    case Kind::kOn:
    case Kind::kSavedOn:
    case Kind::kSentOn: return day == key.day;
    default: return day >= key.day;
  }
}

}  // namespace

SearchEvaluation::SearchEvaluation(MailboxId mailbox, const MailboxView& view, std::int64_t now)
    : mailbox_(mailbox), view_(view), now_(now) {}

Selection SearchEvaluation::matching(Account& account, const SearchKey& key, ViewRange window,
                                     const Slice& slice) {
  account_ = &account;
  slice_ = &slice;
  if (window != window_) forget_window();
  window_ = window;
  known_to_ = window.end;
  Selection all(window.end - window.begin);
  std::iota(all.begin(), all.end(), static_cast<std::uint32_t>(window.begin));
  Selection found = matching(key, all);
  std::erase_if(found, [this](std::uint32_t index) { return index >= known_to_; });
  return found;
}

void SearchEvaluation::forget_window() {
  facts_.reset();
  sent_dates_.reset();
  threads_.reset();
}

Selection SearchEvaluation::matching(const SearchKey& key, const Selection& among) {
  if (among.empty()) return {};
  switch (key.kind) {
    case Kind::kAll: return among;
    case Kind::kAnd: return all_of(key, among);
    case Kind::kOr: return any_of(key, among);
    case Kind::kNot: return difference(among, all_of(key, among));
    default: return is_text(key.kind) ? by_text(key, among) : filtered(among, predicate(key));
  }
}

Selection SearchEvaluation::all_of(const SearchKey& key, Selection among) {
  for (const SearchKey* child : cheapest_first(key.children)) among = matching(*child, among);
  return among;
}

Selection SearchEvaluation::any_of(const SearchKey& key, const Selection& among) {
  Selection found, rest = among;
  for (const SearchKey* child : cheapest_first(key.children)) {
    const Selection more = matching(*child, rest);
    rest = difference(rest, more);
    found = merged(found, more);
  }
  return found;
}

/// The index first, then the messages themselves, until the slice is over: at least one, so that
/// every slice comes further.
Selection SearchEvaluation::by_text(const SearchKey& key, const Selection& among) {
  const std::string folded = mail::casefold(key.text);
  const auto& possible = candidates(key, folded);
  const Selection to_read = possible ? intersection(among, *possible) : among;
  Selection found;
  for (std::size_t i = 0; i < to_read.size() && to_read[i] < known_to_; ++i) {
    if (i > 0 && slice_->over()) {
      known_to_ = to_read[i];
      break;
    }
    if (holds(key, folded, to_read[i])) found.push_back(to_read[i]);
  }
  return found;
}

bool SearchEvaluation::holds(const SearchKey& key, std::string_view folded, std::uint32_t index) {
  const auto octets = key.kind == Kind::kHeader ? read_header(*account_, mailbox_, uid(index))
                                                : read_content(*account_, mailbox_, uid(index));
  return octets && text_matches(key, folded, *octets);
}

/// Those of the whole view that may hold the text, asked for once: what isn't covered by then is
/// not by what is covered later either. nullopt: all.
const std::optional<Selection>& SearchEvaluation::candidates(const SearchKey& key,
                                                             const std::string& folded) {
  const bool subject = asks_for_subject(key);
  const auto [at, is_new] = candidates_.try_emplace({subject, folded});
  if (!is_new || index() == nullptr) return at->second;
  Transaction snapshot(index_->database(), Transaction::Kind::kRead);
  const SearchIndex::Coverage coverage = index_->answering();
  auto contents =
      subject ? index_->subject_candidates(coverage, folded) : std::optional<ContentIds>();
  if (!contents) contents = index_->candidates(coverage, folded);
  if (!contents) return at->second;
  if (!places_) places_ = content_places(*account_, mailbox_);
  at->second = in_view(places_->uids_of(*contents, coverage.to_content));
  return at->second;
}

Selection SearchEvaluation::in_view(const std::vector<Uid>& uids) const {
  Selection indices;
  for (const Uid uid : uids) {
    const std::size_t index = view_.messages.lower_bound(uid);
    if (index < view_.messages.size() && view_.messages[index].uid == uid)
      indices.push_back(static_cast<std::uint32_t>(index));
  }
  return indices;
}

SearchEvaluation::Predicate SearchEvaluation::predicate(const SearchKey& key) {
  const auto& messages = view_.messages;
  switch (key.kind) {
    case Kind::kSequence:
    case Kind::kUid: return in_set(key);
    case Kind::kFlag: return [&](std::uint32_t i) { return (messages[i].flags & key.system) != 0; };
    case Kind::kRecent:
      return [&](std::uint32_t i) { return messages[i].uid >= view_.first_recent; };
    case Kind::kKeyword: return has_keyword(key);
    case Kind::kModSeq: return [&](std::uint32_t i) { return messages[i].mod_seq >= key.number; };
    case Kind::kLarger:
      return [&](std::uint32_t i) {
        return fact(i).there && static_cast<std::uint64_t>(fact(i).size) > key.number;
      };
    case Kind::kSmaller:
      return [&](std::uint32_t i) {
        return fact(i).there && static_cast<std::uint64_t>(fact(i).size) < key.number;
      };
    case Kind::kOlder:
      return [&, before = now_ - static_cast<std::int64_t>(key.number)](std::uint32_t i) {
        return fact(i).there && fact(i).internal_date <= before;
      };
    case Kind::kYounger:
      return [&, since = now_ - static_cast<std::int64_t>(key.number)](std::uint32_t i) {
        return fact(i).there && fact(i).internal_date >= since;
      };
    case Kind::kBefore:
    case Kind::kOn:
    case Kind::kSince: return internal_day(key);
    case Kind::kSavedBefore:
    case Kind::kSavedOn:
    case Kind::kSavedSince: return saved_day(key);
    case Kind::kEmailId: return has_email_id(key);
    case Kind::kThreadId: return has_thread_id(key);
    default: return sent_day(key);
  }
}

SearchEvaluation::Predicate SearchEvaluation::in_set(const SearchKey& key) {
  const bool by_uid = key.kind == Kind::kUid;
  const auto largest =
      by_uid ? view_.messages.back().uid : static_cast<std::uint32_t>(view_.messages.size());
  return [this, by_uid, ranges = key.set.resolve(largest)](std::uint32_t i) {
    const std::uint32_t number = by_uid ? view_.messages[i].uid : i + 1;
    const auto after =
        std::upper_bound(ranges.begin(), ranges.end(), number,
                         [](std::uint32_t n, const mail::NumberRange& r) { return n < r.first; });
    return after != ranges.begin() && number <= std::prev(after)->last;
  };
}

SearchEvaluation::Predicate SearchEvaluation::has_keyword(const SearchKey& key) {
  FlagBits bit = 0;
  for (std::size_t slot = 0; slot < view_.keywords.size(); ++slot)
    if (mail::ascii_lower(view_.keywords[slot]) == mail::ascii_lower(key.text))
      bit = FlagBits{1} << (8 + slot);
  return [this, bit](std::uint32_t i) { return (view_.messages[i].flags & bit) != 0; };
}

SearchEvaluation::Predicate SearchEvaluation::internal_day(const SearchKey& key) {
  return [&](std::uint32_t i) {
    const SearchFacts& message = fact(i);
    const mail::DateTime date{message.internal_date,
                              static_cast<std::int32_t>(message.zone_minutes)};
    return message.there && day_matches(key, mail::day_of(date));
  };
}

/// FETCH shows the date in UTC, so its day is that of UTC.
SearchEvaluation::Predicate SearchEvaluation::saved_day(const SearchKey& key) {
  return [&](std::uint32_t i) {
    return fact(i).there && day_matches(key, mail::day_of({fact(i).save_date, 0}));
  };
}

SearchEvaluation::Predicate SearchEvaluation::has_email_id(const SearchKey& key) {
  const auto contents = ObjectIds(*account_).contents(*account_, key.text);
  return [this, contents](std::uint32_t i) {
    return fact(i).there &&
           std::find(contents.begin(), contents.end(), fact(i).content) != contents.end();
  };
}

SearchEvaluation::Predicate SearchEvaluation::has_thread_id(const SearchKey& key) {
  const auto sought = thread_of(key.text);
  return [this, sought](std::uint32_t i) {
    if (!sought || !fact(i).there) return false;
    const std::int64_t stored = thread(i);
    if (stored != 0) return stored == *sought;
    return mail::thread_number(header_of(i)) == *sought;
  };
}

/// The store keeps the moment only. The day in the zone it was written in is that of UTC or one
/// beside it, so the field itself is read only near the day sought.
SearchEvaluation::Predicate SearchEvaluation::sent_day(const SearchKey& key) {
  return [&](std::uint32_t i) {
    const std::int64_t sent_at = sent_date(i);
    if (sent_at == 0) return false;
    const std::int64_t utc_day = mail::day_of({sent_at, 0});
    const bool near = key.day >= utc_day - 1 && key.day <= utc_day + 1;
    return day_matches(key, near ? written_day(i) : utc_day);
  };
}

std::int64_t SearchEvaluation::written_day(std::uint32_t index) {
  const auto date = mail::parse_date(mail::field_value(header_of(index), "date"));
  return date ? mail::day_of(*date) : sent_date(index) / kSecondsADay;
}

std::string SearchEvaluation::header_of(std::uint32_t index) {
  return read_header(*account_, mailbox_, uid(index)).value_or("");
}

const SearchFacts& SearchEvaluation::fact(std::uint32_t index) {
  if (!facts_) facts_ = read_facts(*account_, mailbox_, view_, window_);
  return (*facts_)[index - window_.begin];
}

std::int64_t SearchEvaluation::sent_date(std::uint32_t index) {
  if (!sent_dates_) sent_dates_ = read_sent_dates(*account_, mailbox_, view_, window_);
  return (*sent_dates_)[index - window_.begin];
}

std::int64_t SearchEvaluation::thread(std::uint32_t index) {
  if (!threads_) threads_ = read_threads(*account_, mailbox_, view_, window_);
  return (*threads_)[index - window_.begin];
}

/// Null: there is none yet, or it can't be read, and everything is scanned.
SearchIndex* SearchEvaluation::index() {
  if (!index_tried_ && SearchIndex::exists(account_->folder())) try {
      index_.emplace(account_->folder());
    } catch (const StoreError&) {
      index_.reset();
    }
  index_tried_ = true;
  return index_ ? &*index_ : nullptr;
}

}  // namespace mailstore
