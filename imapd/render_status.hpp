// The STATUS response (RFC 9051 §7.3.4), for STATUS and for LIST with RETURN (STATUS ...).
#pragma once

#include <string>
#include <vector>

#include "imapd/enabled.hpp"
#include "mail/imap_list.hpp"
#include "mailstore/mailboxes.hpp"

namespace imapd {

/// With what the items ask for beyond the mailbox's own counts.
mailstore::Result<mailstore::MailboxStatus, mailstore::Failure> read_status(
    mailstore::Account& account, mailstore::MailboxId mailbox,
    const std::vector<mail::StatusItem>& items);

/// "* STATUS Drafts (MESSAGES 3 UIDNEXT 4)" as a whole line.
void append_status(std::string& out, std::string_view name, const mailstore::MailboxStatus& status,
                   const std::vector<mail::StatusItem>& items, const Enabled& enabled,
                   std::uint64_t append_limit);

}  // namespace imapd
