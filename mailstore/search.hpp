// SEARCH on the store: substring search on decoded text in every script. A trigram index gives
// candidates, each is verified on its decoded text, and what the index doesn't cover yet is
// scanned: the answer is exactly that of a scan.
#pragma once

#include <vector>

#include "mail/search_key.hpp"
#include "mailstore/messages.hpp"

namespace mailstore {

/// The UIDs among `view` that match, ascending. `view` is the session's own (sequence numbers are
/// its indices + 1).
Result<std::vector<Uid>, Failure> search(Account& account, MailboxId mailbox,
                                         const MailboxView& view, const mail::SearchKey& key);

/// Indexes up to `most` messages that are not covered yet, in one transaction; returns how many it
/// did.
std::size_t index_more(Account& account, std::size_t most);

}  // namespace mailstore
