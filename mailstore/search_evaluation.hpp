// One SEARCH under way: the tree of keys evaluated on sets of messages, so that what costs little
// narrows what costs more. Messages are indices into the view, ascending.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "mail/search_key.hpp"
#include "mailstore/search_facts.hpp"
#include "mailstore/search_index.hpp"

namespace mailstore {

class SearchEvaluation {
 public:
  using Selection = std::vector<std::uint32_t>;

  /// `now`: seconds since 1970, for kOlder and kYounger. All references must stay.
  SearchEvaluation(Account& account, MailboxId mailbox, const MailboxView& view, std::int64_t now);

  /// Those of `among` that match.
  Selection matching(const mail::SearchKey& key, const Selection& among);

 private:
  using Predicate = std::function<bool(std::uint32_t)>;

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
  Predicate may_hold(const std::string& folded);

  const std::vector<SearchFacts>& facts();
  const std::vector<std::int64_t>& sent_dates();
  const std::vector<std::int64_t>& threads();
  std::int64_t written_day(std::uint32_t index);
  std::string header_of(std::uint32_t index);
  SearchIndex* index();

  Account& account_;
  MailboxId mailbox_;
  const MailboxView& view_;
  std::int64_t now_;
  std::optional<std::vector<SearchFacts>> facts_;
  std::optional<std::vector<std::int64_t>> sent_dates_;
  std::optional<std::vector<std::int64_t>> threads_;
  std::optional<SearchIndex> index_;
  bool index_tried_ = false;
};

}  // namespace mailstore
