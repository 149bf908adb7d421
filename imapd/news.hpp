// The reads behind NOTIFY: what there is to see for a session, how its watched mailboxes are, and
// what is to be told of them after changes. Decisions are the Notifier's.
#pragma once

#include <utility>
#include <vector>

#include "imapd/notifier.hpp"
#include "imapd/session.hpp"

namespace imapd {

/// The user's own mailboxes, and those of others that the rules may be about.
asio::awaitable<Listing> look_around(Session& session, const NotifyRules& rules);

/// Those that are still there.
using Statuses = std::vector<std::pair<MailboxKey, mailstore::MailboxStatus>>;
asio::awaitable<Statuses> read_statuses(Session& session, std::vector<MailboxKey> keys);

/// Annotations that changed since the last time (RFC 5464); the first time none.
asio::awaitable<void> tell_metadata(Session& session, Notifier& notifier);

/// Looks where the changes say and appends to the session's output what its client wants to know.
asio::awaitable<void> tell_others(Session& session, Notifier& notifier,
                                  std::vector<mailstore::Change> changes);

}  // namespace imapd
