// SEARCH on the store: substring search on decoded text in every script. A trigram index gives
// candidates, each is verified on its decoded text, and what the index doesn't cover yet is
// scanned: the answer is exactly that of a scan.
#pragma once

#include <memory>
#include <vector>

#include "mail/search_key.hpp"
#include "mailstore/messages.hpp"
#include "mailstore/slice.hpp"

namespace mailstore {

/// A SEARCH that pauses (slice.hpp). The view and the key must stay; the view is the session's own
/// (sequence numbers are its indices + 1).
class SearchRun {
 public:
  SearchRun(MailboxId mailbox, const MailboxView& view, const mail::SearchKey& key);
  /// The clock given, seconds since 1970: OLDER and YOUNGER (RFC 5032) ask for it.
  SearchRun(MailboxId mailbox, const MailboxView& view, const mail::SearchKey& key,
            std::int64_t now);
  ~SearchRun();
  SearchRun(const SearchRun&) = delete;
  SearchRun& operator=(const SearchRun&) = delete;

  Progress step(Account& account, const Slice& slice);
  /// The UIDs that match, ascending; when it is done, once.
  Result<std::vector<Uid>, Failure> take();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// In one piece: the UIDs among `view` that match, ascending. `view` is the session's own (sequence
/// numbers are its indices + 1).
Result<std::vector<Uid>, Failure> search(Account& account, MailboxId mailbox,
                                         const MailboxView& view, const mail::SearchKey& key);

/// The same with the clock given, seconds since 1970: OLDER and YOUNGER (RFC 5032) ask for it.
Result<std::vector<Uid>, Failure> search(Account& account, MailboxId mailbox,
                                         const MailboxView& view, const mail::SearchKey& key,
                                         std::int64_t now);

/// Indexes up to `most` messages that are not covered yet, in one transaction of search.db, so that
/// deliveries never wait for it; returns how many it did, 0 when all is covered.
std::size_t index_more(Account& account, std::size_t most);

}  // namespace mailstore
