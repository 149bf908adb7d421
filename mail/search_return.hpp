// What SEARCH and SORT are to answer: RETURN (MIN MAX ALL COUNT SAVE) of RFC 4731 and RFC 5182,
// PARTIAL of RFC 9394, CONTEXT and UPDATE of RFC 5267 and RFC 5465, RELEVANCY of RFC 6203. Pure.
#pragma once

#include <optional>
#include <vector>

#include "mail/imap_fetch.hpp"
#include "mail/imap_lexer.hpp"
#include "mail/partial_range.hpp"

namespace mail {

struct SearchReturn {
  bool given = false;  ///< the answer is ESEARCH
  bool min = false;
  bool max = false;
  bool all = false;
  bool count = false;
  bool save = false;
  bool update = false;           ///< changes of the result are told (RFC 5267 §4.3)
  bool relevancy = false;        ///< scores (RFC 6203 §4)
  std::vector<FetchItem> fetch;  ///< of new messages in an updated result (RFC 5465 §7)
  std::optional<PartialRange> partial;
};

/// Reads "RETURN (...) " when it is next, with the space after it.
SearchReturn parse_search_return(ImapLexer& lexer);

}  // namespace mail
