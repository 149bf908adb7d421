// UIDs that were skipped because a power cut may have taken back the messages that had them
// (boot.hpp). Nobody knows which of them a client has seen; to one that resynchronizes, those it
// names are vanished (RFC 7162 §3.2.5).
#pragma once

#include <vector>

#include "mail/sequence_set.hpp"
#include "mailstore/account.hpp"

namespace mailstore {

/// Skipped after that mod-sequence; ascending.
std::vector<mail::NumberRange> skipped_since(Account& account, MailboxId mailbox, ModSeq since);

}  // namespace mailstore
