// A mailbox cut into batches of equally many messages, newest first (RFC 10022), so that a client
// can ask for ranges of UIDs that it can handle. Pure.
#pragma once

#include <string>
#include <vector>

#include "mail/imap_command.hpp"
#include "mailstore/messages.hpp"

namespace imapd {

/// Ranges with `first` above `last`. They leave no UID out between them, so that they stay right
/// when messages go; the oldest reaches down to 1.
std::vector<mail::NumberRange> uid_batches(const mailstore::MailboxView& view,
                                           const mail::UidBatchesArguments& wanted);

/// "* UIDBATCHES (TAG "A143") 215295:99696,99695:20351\r\n"
std::string render_uid_batches(const std::string& tag,
                               const std::vector<mail::NumberRange>& batches);

}  // namespace imapd
