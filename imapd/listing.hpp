// The mailboxes a session can see: its user's own and those that others let him look up
// (RFC 4314 §4). Asks the index of domain.db whose accounts there are to look into, so that who is
// shared with nothing opens one account alone. What can't be read of another's is left out.
#pragma once

#include "imapd/namespaces.hpp"
#include "imapd/session.hpp"
#include "imapd/visible.hpp"

namespace imapd {

/// Own mailboxes in the store's order, then others' by address. `others`: how far to look.
asio::awaitable<Listing> read_listing(Session& session, Reach others = Reach::kMailboxes);

/// What `account` lets the user look up, by the names he knows; pure but for the store.
std::vector<Visible> visible_to(mailstore::Account& account, const mailstore::AccountInfo& owner,
                                mailstore::AccountId user);
/// Names above these mailboxes that are no mailboxes themselves to who sees just these; ascending.
std::vector<std::string> levels_above(const std::vector<Visible>& mailboxes);

}  // namespace imapd
