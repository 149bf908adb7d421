// What a client asked to be told of, as NOTIFY SET said it (RFC 5465 §6): for the selected mailbox,
// and for any other by its name. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "imapd/visible.hpp"
#include "mail/imap_notify.hpp"

namespace imapd {

class NotifyRules {
 public:
  /// Names of the groups are those of the session's listing. No group at all is NOTIFY NONE.
  explicit NotifyRules(std::vector<mail::NotifyGroup> groups);

  /// Events of the selected mailbox; `messages` false: it stays as the client knows it.
  const mail::NotifyEvents& selected() const { return selected_; }
  /// SELECTED: expunges are told at once, between commands too.
  bool tells_expunges() const { return tells_expunges_; }
  /// What to send of new messages in the selected mailbox.
  const std::vector<mail::FetchItem>& fetch() const { return fetch_; }

  /// Events of a mailbox that is not selected; all groups that name it count.
  mail::NotifyEvents events_of(const Visible& mailbox) const;
  bool server_metadata() const;
  /// Annotations of mailboxes or of the server are watched.
  bool any_metadata() const;
  /// Anything but the selected mailbox is watched.
  bool concerns_others() const { return !groups_.empty(); }
  /// Mailboxes of other users may be among them; `lost`: subscribed names not in the user's store.
  bool may_concern_other_users(const std::vector<std::string>& lost) const;

 private:
  mail::NotifyEvents selected_;
  bool tells_expunges_ = false;
  std::vector<mail::FetchItem> fetch_;
  std::vector<mail::NotifyGroup> groups_;  ///< of other mailboxes, with events
};

}  // namespace imapd
