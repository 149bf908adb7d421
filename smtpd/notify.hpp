// Whom to tell of what: NOTIFY and its defaults (RFC 3461 §4.1), decided for one attempt. Pure.
// Never anything to a message without a sender: that is how bounces of bounces end (RFC 5321 §6.1).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "conf/settings.hpp"
#include "mail/delivery_report.hpp"
#include "smtpd/attempt.hpp"

namespace smtpd {

struct ReportRules {
  std::int64_t delay_notice = 0;   ///< seconds after which a delay is told; 0: to those who asked
  std::int64_t give_up_after = 0;  ///< seconds
};

ReportRules report_rules(const conf::RelaySettings& settings);

/// What the sender is to be told of `attempt` at `now`: nothing, mostly. Failures unless NOTIFY
/// says otherwise; arrivals when it says SUCCESS and no other server took that duty over; a delay
/// once, when NOTIFY has DELAY, or has nothing and the message is one of our own users' and no
/// list's or program's: to strangers an unasked warning would be backscatter. An address that
/// stands for several is told of as "expanded", once and at its first attempt.
std::vector<mail::DeliveryAction> actions_to_tell(const Attempt& attempt, const ReportRules& rules,
                                                  std::int64_t now);

/// NOTIFY for the next server. Of an address that was expanded, success has been told already (RFC
/// 3461 §5.2.7.2).
std::string notify_onward(const mailstore::QueuedMessage& message,
                          const mailstore::QueuedRecipient& recipient);

}  // namespace smtpd
