// What the client of a session has switched on, by ENABLE (RFC 9051 §6.3.1) or, for CONDSTORE, by
// using it (RFC 7162 §3.1). A client that switched on nothing sees nothing of it.
#pragma once

#include "mail/imap_response.hpp"
#include "mail/mailbox_name.hpp"

namespace imapd {

struct Enabled {
  bool condstore = false;
  bool qresync = false;
  bool utf8 = false;
  bool rev2 = false;
  bool uid_only = false;  ///< no sequence numbers in either direction (RFC 9586)
  bool notify = false;    ///< NOTIFY was used
  bool flag_news = true;  ///< flags that others change are told; NOTIFY may leave them out

  /// Expunged messages are told by their UIDs.
  bool vanished() const { return qresync || uid_only; }
  /// Flags are told with their message's UID (RFC 7162 §3.2.4, RFC 9051 §7.5.2, RFC 5465 §5.1).
  bool uid_with_flags() const { return (condstore || rev2 || notify) && !uid_only; }
  mail::NameForm names() const {
    return utf8 || rev2 ? mail::NameForm::kUtf8 : mail::NameForm::kModifiedUtf7;
  }
  mail::QuotedForm quotes() const {
    return utf8 || rev2 ? mail::QuotedForm::kUtf8 : mail::QuotedForm::kAscii;
  }
};

}  // namespace imapd
