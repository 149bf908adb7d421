// Messages that mua puts into mailboxes of the server: copies in Sent, drafts.
#pragma once

#include <string>

#include "mail/flags.hpp"
#include "mail/piece_source.hpp"
#include "mua/mailbox_list.hpp"
#include "mua/message_ref.hpp"

namespace mua {

/// Into the mailbox of that role, which is made when there is none. Uid 0 when the server did not
/// say it.
asio::awaitable<MessageRef> file_message(ImapSession& session, Role role, mail::FlagSet flags,
                                         mail::PieceSource content);

/// Sets flags of a message; that they could not be set is no failure.
asio::awaitable<void> mark_message(ImapSession& session, MessageRef ref, mail::FlagSet flags);

}  // namespace mua
