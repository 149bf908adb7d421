// A look at all folders: which there are, how much is in them, and which of them have changed.
#pragma once

#include <vector>

#include "mua/sync/mailbox_sync.hpp"

namespace mua::sync {

/// LIST with STATUS in one round trip where the server can (RFC 5819), else STATUS for each.
/// Returns those whose messages should be looked at: INBOX first, then by use and name.
asio::awaitable<std::vector<FolderId>> look_at_folders(MailboxSync& mailbox, LocalStore& store,
                                                       Events& events);

}  // namespace mua::sync
