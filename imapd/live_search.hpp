// Searches whose results the client is kept told of: RETURN (UPDATE) of RFC 5267 §4.3. The session
// notes which messages changed ("touched"), looks at those alone, and tells what came to the result
// (ADDTO) and what left it (REMOVEFROM, before the EXPUNGE that takes the number away). Sequence
// numbers and "$" in the criteria mean what they meant when the search was made. A key that time
// alone changes (OLDER, YOUNGER) is looked at when the message is touched. Owned by Selected, so it
// ends with it; used by one thread at a time.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "imapd/numbering.hpp"
#include "mail/imap_fetch.hpp"
#include "mail/search_key.hpp"
#include "mailstore/messages.hpp"

namespace imapd {

class Selected;

struct LiveSearch {
  /// Puts UIDs into the order SORT was asked for; runs on the pool.
  using Order = std::function<std::vector<mailstore::Uid>(mailstore::Account&, const Selected&,
                                                          std::vector<mailstore::Uid>)>;

  std::string tag;
  Numbering numbering = Numbering::kSequence;
  mail::SearchKey key;
  std::vector<mailstore::Uid> uids;      ///< the result as it was told, in its order
  Order order;                           ///< null for SEARCH: the mailbox's
  std::vector<mail::FetchItem> fetch{};  ///< of new messages that join the result (RFC 5465 §7)
  mailstore::Uid next = 0;               ///< from here on a message is new to it
};

/// Puts the UIDs that `key`'s sequence numbers mean now in their place.
void fix_sequence_numbers(mail::SearchKey& key, const Selected& selected);

class LiveSearches {
 public:
  static constexpr std::size_t kMost = 20;

  bool knows(std::string_view tag) const;
  bool full() const { return searches_.size() >= kMost; }
  /// Its sequence numbers are fixed and there is room.
  void add(LiveSearch search) { searches_.push_back(std::move(search)); }
  /// False: no search has this tag.
  bool cancel(std::string_view tag);

  /// Flags changed, or the message is new.
  void touch(mailstore::Uid uid);
  bool touched() const { return !touched_.empty(); }
  /// Those touched, ascending; forgets them.
  std::vector<mailstore::Uid> take_touched();
  std::vector<LiveSearch>& searches() { return searches_; }

  /// These are about to be told as gone: they leave the results first.
  void expunging(const std::vector<mailstore::Uid>& uids, const Selected& selected,
                 std::string& out);

 private:
  std::vector<LiveSearch> searches_;
  std::vector<mailstore::Uid> touched_;
};

/// What became of a result.
struct ResultChange {
  std::vector<mailstore::Uid> removed;  ///< in any order
  std::vector<mailstore::Uid> now;      ///< the whole result, in its order
};

/// Of `touched`, those in `matching` are in the result now and the others are not; both ascending.
ResultChange changed_result(const LiveSearch& search, const std::vector<mailstore::Uid>& touched,
                            const std::vector<mailstore::Uid>& matching);
/// Messages that joined the result by coming into the mailbox, ascending.
std::vector<mailstore::Uid> newly_arrived(const LiveSearch& search, const ResultChange& change);
/// `change.now` was put in order anew: those that `touched` moved are removed and come again.
void note_moves(const LiveSearch& search, const std::vector<mailstore::Uid>& touched,
                ResultChange& change);
/// Tells the change (REMOVEFROM, then ADDTO) and takes it over.
void tell_change(LiveSearch& search, ResultChange change, const Selected& selected,
                 std::string& out);

}  // namespace imapd
