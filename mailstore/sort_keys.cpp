#include "mailstore/sort_keys.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "mail/stable_order.hpp"
#include "mailstore/text_order.hpp"

namespace mailstore {

namespace {

// Texts that came since the others were ranked are looked up one by one, up to so many or to this
// share of all; then all are ranked anew.
constexpr std::size_t kManyUnranked = 1000;
constexpr std::size_t kShareUnranked = 16;
// Where fewer are packed, or fewer than one in four of those packed is chosen, ranks are not kept.
constexpr std::size_t kWorthRanking = 1000;
constexpr std::size_t kShareWorthRanking = 4;

/// Texts one behind the other in one piece of memory.
class Texts {
 public:
  void add(std::string_view text) { ends_.push_back(octets_.append(text).size()); }
  std::size_t size() const { return ends_.size(); }
  std::vector<std::string_view> views() const {
    std::vector<std::string_view> views;
    views.reserve(ends_.size());
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
      views.push_back(std::string_view(octets_).substr(begin, end - begin));
      begin = end;
    }
    return views;
  }

 private:
  std::string octets_;
  std::vector<std::size_t> ends_;
};

SortColumn column_of(mail::SortBy by) {
  switch (by) {
    case mail::SortBy::kArrival: return SortColumn::kArrival;
    case mail::SortBy::kCc: return SortColumn::kCc;
    case mail::SortBy::kDisplayFrom: return SortColumn::kDisplayFrom;
    case mail::SortBy::kDisplayTo: return SortColumn::kDisplayTo;
    case mail::SortBy::kFrom: return SortColumn::kFrom;
    case mail::SortBy::kSize: return SortColumn::kSize;
    case mail::SortBy::kSubject: return SortColumn::kSubject;
    case mail::SortBy::kTo: return SortColumn::kTo;
    default: return SortColumn::kDate;
  }
}

}  // namespace

SortKeys::SortKeys(mail::SortBy by, MailboxId mailbox, const MailboxView& view,
                   const std::vector<Uid>& uids, SortSource& source)
    : by_(by),
      column_(column_of(by)),
      mailbox_(mailbox),
      view_(view),
      uids_(uids),
      source_(source),
      keys_(uids.size(), mail::sort_key(0)) {}

bool SortKeys::step(const Slice& slice) {
  if (by_ == mail::SortBy::kModSeq) return read_mod_seqs(), true;
  if (column_ < SortColumn::kThread) return read_numbers(slice);
  return read_texts(), true;
}

void SortKeys::read_mod_seqs() {
  auto message = view_.messages.begin();
  for (std::size_t position = 0; position < uids_.size(); ++position) {
    while (message != view_.messages.end() && message->uid < uids_[position]) ++message;
    if (message == view_.messages.end()) return;
    if (message->uid == uids_[position]) keys_[position] = message->mod_seq;
  }
}

bool SortKeys::read_numbers(const Slice& slice) {
  const auto put = [&](std::uint32_t position, std::int64_t number) {
    keys_[position] = mail::sort_key(number);
  };
  while (next_chunk_ < source_.chunks()) {
    source_.numbers(next_chunk_++, column_, put);
    if (slice.over()) return false;
  }
  source_.loose_numbers(column_, put);
  return true;
}

void SortKeys::read_texts() {
  std::vector<std::uint32_t> ranks;
  if (source_.index() != nullptr) ranks = source_.index()->ranks(mailbox_, column_);
  if (ranks.size() > source_.packed()) ranks.clear();
  const std::size_t unranked = source_.packed() - ranks.size();
  const bool stale = unranked > kManyUnranked || unranked * kShareUnranked > source_.packed();
  if (!stale && !ranks.empty())
    by_rank(ranks);
  else if (is_worth_ranking())
    by_rank(rank_all());
  else
    by_text();
}

bool SortKeys::is_worth_ranking() const {
  return source_.packed() >= kWorthRanking && keys_.size() * kShareWorthRanking >= source_.packed();
}

std::vector<std::uint32_t> SortKeys::rank_all() {
  Texts texts;
  source_.packed_texts(column_, [&](std::string_view text) { texts.add(text); });
  const auto views = texts.views();
  TextOrder order = order_texts(views);
  source_.index()->save_ranks(mailbox_, column_, order, views);
  return std::move(order.ranks);
}

/// A rank leaves room below it for texts that came since.
void SortKeys::by_rank(const std::vector<std::uint32_t>& ranks) {
  bool all = true;
  for (std::uint32_t position = 0; position < keys_.size(); ++position) {
    const std::uint32_t number = source_.packed_number(position);
    if (number < ranks.size())
      keys_[position] = std::uint64_t{ranks[number] + 1} << 32;
    else
      all = false;
  }
  if (!all) place_unranked(ranks.size());
}

void SortKeys::place_unranked(std::size_t ranked) {
  Texts texts;
  std::vector<std::uint32_t> positions;
  const auto put = [&](std::uint32_t position, std::string_view text) {
    if (source_.packed_number(position) < ranked) return;
    texts.add(text);
    positions.push_back(position);
  };
  for (std::size_t chunk = source_.chunks(); chunk-- > 0 && source_.reaches_behind(chunk, ranked);)
    source_.texts(chunk, column_, put);
  source_.loose_texts(column_, put);
  const auto views = texts.views();
  const TextOrder order = order_texts(views);
  for (std::size_t i = 0; i < views.size(); ++i) {
    const auto place = source_.index()->place_of(mailbox_, column_, views[i]);
    keys_[positions[i]] = place.is_there ? std::uint64_t{place.rank + 1} << 32
                                         : std::uint64_t{place.rank} << 32 | (order.ranks[i] + 1);
  }
}

void SortKeys::by_text() {
  Texts texts;
  std::vector<std::uint32_t> positions;
  const auto put = [&](std::uint32_t position, std::string_view text) {
    texts.add(text);
    positions.push_back(position);
  };
  for (std::size_t chunk = 0; chunk < source_.chunks(); ++chunk) source_.texts(chunk, column_, put);
  source_.loose_texts(column_, put);
  const TextOrder order = order_texts(texts.views());
  for (std::size_t i = 0; i < positions.size(); ++i) keys_[positions[i]] = order.ranks[i];
}
}  // namespace mailstore
