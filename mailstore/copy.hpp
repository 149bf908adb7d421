// Putting messages that exist into another mailbox, for COPY, MOVE and RENAME of INBOX. Private to
// the room; inside the caller's transaction.
#pragma once

#include <vector>

#include "mailstore/flags.hpp"
#include "mailstore/message_rows.hpp"

namespace mailstore {

/// Under new UIDs, flags and keywords kept; saves `to`. The caller accounts for the contents.
Result<CopyResult, Failure> put_messages(Database& database, MailboxId from, MailboxRow& to,
                                         const std::vector<MessageRow>& messages);

}  // namespace mailstore
