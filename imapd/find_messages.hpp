// One search of a mailbox for a session: on the pool, in turn with the account's other work.
#pragma once

#include <string>
#include <vector>

#include "imapd/session.hpp"
#include "mail/imap_search.hpp"
#include "mailstore/search.hpp"

namespace imapd {

using FoundUids = mail::Result<std::vector<mailstore::Uid>, mailstore::Failure>;

/// A mailbox to search in and how the session sees it; the view stays while the search goes on.
struct SearchPlace {
  mailstore::AccountId account = 0;
  mailstore::MailboxId mailbox = 0;
  const mailstore::MailboxView& view;
};

/// Ascending UIDs. The key has UTF-8 texts and FUZZY resolved; RECENT means what the session shows
/// where the mailbox is the selected one.
asio::awaitable<FoundUids> find_messages(Session& session, SearchPlace place, mail::SearchKey key);
/// In the selected mailbox.
asio::awaitable<FoundUids> find_messages(Session& session, mail::SearchKey key);

/// For RELEVANCY, beside `uids`, which are ascending: the best degree each matches by, which is
/// that of the strictest search that finds it. The key of `arguments` is as it was parsed.
asio::awaitable<std::vector<int>> scores_of(Session& session, SearchPlace place,
                                            mail::SearchArguments arguments,
                                            std::vector<mailstore::Uid> uids);

}  // namespace imapd
