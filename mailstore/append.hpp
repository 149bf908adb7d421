// Putting messages into mailboxes: deliveries and APPEND. One transaction a mailbox batch: message,
// UID, MODSEQ and what IMAP will ask for are written together and synced before the call returns.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mail/flags.hpp"
#include "mailstore/account.hpp"
#include "mailstore/content.hpp"
#include "mailstore/quota.hpp"

namespace mailstore {

struct NewMessage {
  Content content;
  std::string
      head;  ///< octets that go before the content (Return-Path and Delivered-To of a delivery)
  mail::FlagSet flags;
  std::int64_t internal_date = 0;  ///< seconds since 1970
  std::int32_t zone_minutes = 0;   ///< offset of internal_date as the client gave it
  /// Names the delivery for exactly-once: a second append with the same id does nothing. "" for
  /// APPEND.
  std::string delivery_id;
  /// Of a copy from another account: the EMAILID it has there. "" for what is new.
  std::string email_id;
};

struct Appended {
  Uid uid = 0;        ///< 0: this delivery id was here already, or
  bool full = false;  ///< there was no room for it
};

struct AppendResult {
  std::uint32_t uid_validity = 0;
  std::vector<Appended> messages;  ///< in the order given
};

/// All of them or, with Failure::kOverQuota when they would not fit into `limits` together, none.
/// `forget`: delivery ids whose removal from the queue is durable; their rows go in the same
/// transaction.
Result<AppendResult, Failure> append(Account& account, MailboxId mailbox,
                                     const std::vector<NewMessage>& messages,
                                     const std::vector<std::string>& forget = {},
                                     const Limits& limits = {});

/// The message that REPLACE puts another one in place of (RFC 8508).
struct Replaced {
  MailboxId mailbox = 0;
  Uid uid = 0;
};
/// Both in one transaction, whichever mailbox of the account the new one goes to: never both of
/// them, never neither. kNoSuchMessage, and nothing happens, when the old one is gone.
Result<AppendResult, Failure> replace(Account& account, const Replaced& replaced, MailboxId mailbox,
                                      const NewMessage& message, const Limits& limits = {});

/// Delivers to INBOX (made again if it is gone). Committed, and seen by all, but not synced: the
/// queue holds the messages until sync_accounts.hpp has made many such deliveries durable at once.
/// Those that `limits` leave no room for are passed over and marked `full`.
AppendResult deliver(Account& account, const std::vector<NewMessage>& messages,
                     const std::vector<std::string>& forget = {}, const Limits& limits = {});

/// The delivery ids that are remembered, in no order.
std::vector<std::string> remembered_deliveries(Account& account);

}  // namespace mailstore
