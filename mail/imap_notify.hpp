// NOTIFY as plain data (RFC 5465 §8): which mailboxes a client wants to hear of, and which events.
// What the grammar demands of the events together is checked here; whether the server can tell them
// is its own to say. Mailbox names stay as the client wrote them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/imap_fetch.hpp"
#include "mail/imap_lexer.hpp"

namespace mail {

/// The events of RFC 5465 §5 that can be told.
struct NotifyEvents {
  bool messages = false;  ///< MessageNew and MessageExpunge, which go together
  bool flags = false;     ///< FlagChange
  bool names = false;     ///< MailboxName
  bool subscriptions = false;
  bool mailbox_metadata = false;
  bool server_metadata = false;

  bool any_of_mailboxes() const { return messages || names || subscriptions || mailbox_metadata; }
  NotifyEvents& operator|=(const NotifyEvents& other);
  bool operator==(const NotifyEvents&) const = default;
};

/// "(subtree Lists (MessageNew MessageExpunge))".
struct NotifyGroup {
  enum class Mailboxes {
    kSelected,
    kSelectedDelayed,
    kInboxes,
    kPersonal,
    kSubscribed,
    kSubtree,
    kNamed
  };
  Mailboxes mailboxes = Mailboxes::kSelected;
  std::vector<std::string> names;  ///< of kSubtree and kNamed
  NotifyEvents events;
  std::vector<FetchItem> fetch;  ///< what to send of new messages; of the selected mailbox alone
};

struct NotifyArguments {
  bool none = false;         ///< NONE: no events from now on
  bool status = false;       ///< STATUS: say first how the mailboxes are
  bool unsupported = false;  ///< an event that nobody here can tell: BADEVENT
  std::vector<NotifyGroup> groups;
};
ImapResult<NotifyArguments> parse_notify(std::string_view arguments);

/// "MessageNew MessageExpunge ...": the events that parse_notify knows.
std::string_view notify_event_names();

}  // namespace mail
