// Delivery status notifications (RFC 3461, RFC 3464, RFC 6522): the message that tells a sender how
// it ended for some of the recipients. Pure: attempts in, a message for the queue out. Never an
// answer to a message without a sender, and never against NOTIFY.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mailstore/queue.hpp"
#include "smtpd/attempt.hpp"

namespace smtpd {

/// Who reports.
struct ReportingHost {
  std::string hostname;
  std::string domain;  ///< of the postmaster the report comes from
};

/// Does the sender want to be told that `attempt` ended this way? RFC 3461 §4.1: without NOTIFY
/// failures are told and nothing else.
bool wants_report(const Attempt& attempt);

/// The notification's text for attempts of one message; all of them are reported.
std::string write_report(const ReportingHost& host, const std::vector<Attempt>& attempts,
                         std::int64_t now);

}  // namespace smtpd
