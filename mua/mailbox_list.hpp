// The mailboxes of an account and which of them is Sent, Trash, Drafts or the archive: by special
// use (RFC 6154), or by the names servers without it give them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/imap_listing.hpp"
#include "mua/imap_session.hpp"

namespace mua {

enum class Role { kSent, kTrash, kDrafts, kArchive };
std::string_view name_of(Role role);

/// The mailbox of that role; nullptr when there is none.
const mail::imap::Mailbox* find_role(const std::vector<mail::imap::Mailbox>& mailboxes, Role role);

/// Not a mere name above others, nor one that is no more.
bool can_be_selected(const mail::imap::Mailbox& mailbox);

asio::awaitable<std::vector<mail::imap::Mailbox>> list_mailboxes(ImapSession& session);

/// The name of the mailbox of that role, which is created when there is none.
asio::awaitable<std::string> require_role(ImapSession& session, Role role);

}  // namespace mua
