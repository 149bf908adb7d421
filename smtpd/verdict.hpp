// What a server's replies to one message mean: for each recipient, delivered, failed, deferred, or
// another host's to decide; and for the server, whether more of its kind should be sent. Pure.
//
// A server that refuses the session refuses no recipient: another host, or another day. Only its
// word on the sender, a recipient or the message is final. What was lost between the last octet and
// the reply may have been taken (RFC 1047): it is tried again later, never at the next host.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mail/smtp_client.hpp"
#include "smtpd/attempt.hpp"

namespace smtpd {

/// From worst to best.
enum class Health {
  kUnreachable,  ///< no session
  kBroken,       ///< lost in the middle, or closed with 421
  kBusy,         ///< asks for less: 4yz to MAIL
  kCarried       ///< answered, well or not
};

/// What was said, and by whom.
struct Said {
  std::vector<mail::smtp::RecipientOutcome> outcomes;  ///< one for each job
  bool session_failed = false;
  bool has_dsn = false;
  std::string host;
  std::string tls;
  bool last_hop = false;  ///< by LMTP
};

struct Verdict {
  std::vector<Attempt> decided;
  std::vector<Attempt> undecided;  ///< deferred, unless another host takes them
  Health health = Health::kCarried;
};

Verdict judge(const std::vector<Job>& jobs, const Said& said);

}  // namespace smtpd
