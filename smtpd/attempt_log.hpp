// What is told of each message's way: to the log for whoever watches, to the history for `mailctl
// trace`. Called where an answer has been given already, so nobody waits for it.
#pragma once

#include <functional>
#include <string>

#include "mailstore/history.hpp"
#include "smtpd/attempt.hpp"

namespace smtpd {

/// Where steps are kept; called from any thread and must be quick.
using Remember = std::function<void(mailstore::Step)>;

/// How a message came in.
struct Arrival {
  std::string trace_id;  ///< in its Received field
  std::string client;    ///< address
  std::string tls;       ///< cipher, "" for plain text
};

void log_accepted(const Remember& remember, const mailstore::QueuedMessage& message,
                  const Arrival& arrival);
void log_attempt(const Remember& remember, const Attempt& attempt);
/// `report` was queued to tell the sender of `about`.
void log_report(const Remember& remember, const mailstore::QueuedMessage& about,
                const mailstore::QueuedMessage& report);

}  // namespace smtpd
