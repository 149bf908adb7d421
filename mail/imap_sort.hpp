// The arguments of SORT and THREAD as plain data (RFC 5256 §5, RFC 5267 §3, RFC 5957, RFC 6203
// §6).
#pragma once

#include <string_view>
#include <vector>

#include "mail/imap_search.hpp"
#include "mail/sort_criteria.hpp"

namespace mail {

struct SortArguments {
  /// Each kind once: one that comes again decides nothing.
  std::vector<SortCriterion> order;
  SearchArguments search;

  bool orders_by(SortBy by) const;
};

struct ThreadArguments {
  ThreadAlgorithm algorithm = ThreadAlgorithm::kReferences;
  SearchArguments search;
};

/// `saved`: the UIDs "$" stands for. An unknown charset is no syntax error: see `decode_charset`.
ImapResult<SortArguments> parse_sort(std::string_view arguments, const SequenceSet& saved);
ImapResult<ThreadArguments> parse_thread(std::string_view arguments, const SequenceSet& saved);

}  // namespace mail
