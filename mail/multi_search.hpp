// ESEARCH as plain data (RFC 7377): SEARCH with the mailboxes it looks into. Mailbox names stay as
// the client wrote them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/imap_search.hpp"

namespace mail {

/// `mailboxes ("a" "b")`, `subtree "lists"`, `personal`: which mailboxes (RFC 5465 §6).
struct SearchSource {
  enum class Mailboxes {
    kSelected,
    kInboxes,
    kPersonal,
    kSubscribed,
    kSubtree,
    kSubtreeOne,  ///< a mailbox and its children, not theirs (RFC 7377 §2.2)
    kNamed,
  };
  Mailboxes mailboxes = Mailboxes::kSelected;
  std::vector<std::string> names;  ///< of the last three
};

struct MultiSearchArguments {
  std::vector<SearchSource> sources;  ///< never empty
  SearchArguments search;

  /// The selected mailbox is among them: then there has to be one.
  bool names_selected() const;
  /// Nothing but the selected mailbox: only then "$" means something.
  bool only_selected() const;
};
ImapResult<MultiSearchArguments> parse_multi_search(std::string_view arguments,
                                                    const SequenceSet& saved);

}  // namespace mail
