// One SEARCH under way: the tree of keys evaluated on sets of messages, so that what costs little
// narrows what costs more, and on one window of the view after another, so that it can pause.
// Messages are indices into the view, ascending.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mail/search_key.hpp"
#include "mailstore/content_places.hpp"
#include "mailstore/search_facts.hpp"
#include "mailstore/search_index.hpp"
#include "mailstore/slice.hpp"

namespace mailstore {

class SearchEvaluation {
 public:
  using Selection = std::vector<std::uint32_t>;

  /// `now`: seconds since 1970, for kOlder and kYounger. The view must stay.
  SearchEvaluation(MailboxId mailbox, const MailboxView& view, std::int64_t now);

  /// Those of the window, which isn't empty, that match; of its messages up to `known_to` alone,
  /// when the slice was over before the end.
  Selection matching(Account& account, const mail::SearchKey& key, ViewRange window,
                     const Slice& slice);
  std::size_t known_to() const { return known_to_; }

 private:
  using Predicate = std::function<bool(std::uint32_t)>;

  Selection matching(const mail::SearchKey& key, const Selection& among);
  Selection all_of(const mail::SearchKey& key, Selection among);
  Selection any_of(const mail::SearchKey& key, const Selection& among);
  Selection by_text(const mail::SearchKey& key, const Selection& among);
  Predicate predicate(const mail::SearchKey& key);
  Predicate in_set(const mail::SearchKey& key);
  Predicate has_keyword(const mail::SearchKey& key);
  Predicate internal_day(const mail::SearchKey& key);
  Predicate sent_day(const mail::SearchKey& key);
  Predicate saved_day(const mail::SearchKey& key);
  Predicate has_email_id(const mail::SearchKey& key);
  Predicate has_thread_id(const mail::SearchKey& key);
  bool holds(const mail::SearchKey& key, std::string_view folded, std::uint32_t index);
  const std::optional<Selection>& candidates(const mail::SearchKey& key, const std::string& folded);
  Selection in_view(const std::vector<Uid>& uids) const;

  Uid uid(std::uint32_t index) const { return view_.messages[index].uid; }
  const SearchFacts& fact(std::uint32_t index);
  std::int64_t sent_date(std::uint32_t index);
  std::int64_t thread(std::uint32_t index);
  void forget_window();
  std::int64_t written_day(std::uint32_t index);
  std::string header_of(std::uint32_t index);
  SearchIndex* index();

  MailboxId mailbox_;
  const MailboxView& view_;
  std::int64_t now_;
  // Of this slice and its window:
  Account* account_ = nullptr;
  const Slice* slice_ = nullptr;
  ViewRange window_;
  std::size_t known_to_ = 0;
  std::optional<std::vector<SearchFacts>> facts_;
  std::optional<std::vector<std::int64_t>> sent_dates_;
  std::optional<std::vector<std::int64_t>> threads_;
  // Of the whole view:
  /// By whether it is the subject's, and text; nullopt: all.
  std::map<std::pair<bool, std::string>, std::optional<Selection>> candidates_;
  std::shared_ptr<const ContentPlaces> places_;
  std::optional<SearchIndex> index_;
  bool index_tried_ = false;
};

}  // namespace mailstore
