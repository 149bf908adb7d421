// Fetching what is read: the structure of a message, then its texts and nothing else; attachments
// when they are asked for, in pieces, so that they can be seen coming, never fill memory, and go on
// where they stopped.
#pragma once

#include <functional>
#include <string>

#include "mua/sync/bodies.hpp"
#include "mua/sync/mailbox_sync.hpp"

namespace mua::sync {

/// Structure and texts into the store. Failure (not found) when the message is gone.
asio::awaitable<void> fetch_text(MailboxSync& mailbox, LocalStore& store, MessageId message);

/// One part, or HEADER, or "" for all of the message. `progress`: octets so far.
asio::awaitable<void> fetch_part(MailboxSync& mailbox, LocalStore& store, MessageId message,
                                 std::string number, std::function<void(std::uint64_t)> progress);

}  // namespace mua::sync
