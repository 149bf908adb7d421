// The mailboxes a session can see, at one moment: its user's own and those that others let it list
// (RFC 4314). Plain data; NOTIFY compares one moment with the next.
#pragma once

#include <string>
#include <vector>

#include "mail/rights.hpp"
#include "mailstore/mailboxes.hpp"

namespace imapd {

/// One mailbox among all accounts.
struct MailboxKey {
  mailstore::AccountId account = 0;
  mailstore::MailboxId mailbox = 0;
  auto operator<=>(const MailboxKey&) const = default;
};

struct Visible {
  mailstore::AccountId account = 0;  ///< whose it is
  mailstore::MailboxInfo info;       ///< its name as this session's client knows it
  bool personal = true;              ///< of the user's own namespace
  bool readable = true;              ///< may be read, not only listed (RFC 4314 "r")
  mail::Rights rights = mail::Rights::all();

  MailboxKey key() const { return {account, info.id}; }
};

struct Listing {
  std::vector<Visible> mailboxes;
  std::vector<std::string> lost;    ///< subscribed names without a mailbox
  std::vector<std::string> levels;  ///< of others' namespace: names above mailboxes, ascending
};

}  // namespace imapd
