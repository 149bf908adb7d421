// Mailboxes: hierarchy with '/', subscriptions, special use, and the numbers of SELECT and STATUS.
// Names are UTF-8, NFC; "INBOX" in any case is INBOX. (RFC 9051 §6.3, RFC 6154.)
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/flags.hpp"
#include "mailstore/account.hpp"
#include "mailstore/quota.hpp"

namespace mailstore {

struct MailboxInfo {
  MailboxId id = 0;
  std::string name;
  bool selectable = true;  ///< false: a name kept only for its children (\Noselect)
  bool subscribed = false;
  bool has_children = false;
  std::string special_use;  ///< "\Sent" or ""
  std::uint32_t uid_validity = 0;
  std::string object_id;  ///< MAILBOXID (RFC 8474)
};

struct MailboxStatus {
  std::uint32_t uid_validity = 0;
  Uid uid_next = 1;
  ModSeq highest_mod_seq = 1;
  std::uint32_t messages = 0;
  std::uint32_t recent = 0;
  std::uint32_t unseen = 0;
  std::uint32_t deleted = 0;
  std::uint64_t size = 0;             ///< octets of all messages
  std::uint64_t deleted_storage = 0;  ///< octets of \Deleted ones; set by who asks quota.hpp
  std::string object_id;              ///< MAILBOXID (RFC 8474)
};

/// All mailboxes in name order, INBOX first. `\Noselect` parents that exist only by their children
/// are included.
std::vector<MailboxInfo> list_mailboxes(Account& account);
/// Subscribed names that no longer exist, for LSUB and LIST (SUBSCRIBED).
std::vector<std::string> lost_subscriptions(Account& account);
std::optional<MailboxInfo> find_mailbox(Account& account, std::string_view name);

/// Creates it and its missing parents; a trailing '/' is dropped.
Result<MailboxInfo, Failure> create_mailbox(Account& account, std::string_view name,
                                            std::string_view special_use = {},
                                            const Limits& limits = {});
/// With children it becomes \Noselect; its messages go.
Result<void, Failure> delete_mailbox(Account& account, std::string_view name);
/// Children move along; renaming INBOX moves its messages to the new name (RFC 9051 §6.3.6).
Result<void, Failure> rename_mailbox(Account& account, std::string_view from, std::string_view to,
                                     const Limits& limits = {});
/// Subscribing remembers the name whether it exists or not.
Result<void, Failure> set_subscribed(Account& account, std::string_view name, bool subscribed);

Result<MailboxStatus, Failure> mailbox_status(Account& account, MailboxId mailbox);
/// Keywords in use or once used in the mailbox; index = slot.
std::vector<std::string> mailbox_keywords(Account& account, MailboxId mailbox);

}  // namespace mailstore
