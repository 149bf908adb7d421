// Delivery status notifications (RFC 3461, RFC 3464): the message that tells a sender how it ended,
// or that it hasn't ended yet, for some of the recipients. Pure: attempts in, a message for the
// queue out. What is told to whom is smtpd/notify's.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mailstore/queue.hpp"
#include "smtpd/attempt.hpp"
#include "smtpd/notify.hpp"

namespace smtpd {

/// Who reports.
struct ReportingHost {
  std::string hostname;
  std::string domain;  ///< of the postmaster the report comes from
};

/// The notification for attempts of one message, which is told whatever `actions_to_tell` of each
/// says. Its sender is null; its recipients are the caller's to add.
mailstore::QueuedMessage make_report(const ReportingHost& host,
                                     const std::vector<Attempt>& attempts, const ReportRules& rules,
                                     std::int64_t now);

}  // namespace smtpd
