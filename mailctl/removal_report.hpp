// What a sender is told when an administrator took a message out of the queue: a failure report
// (RFC 3464). Pure. Nobody is told of a message without a sender, nor of recipients with NOTIFY
// that leaves failures out (RFC 3461 §4.1).
#pragma once

#include <cstdint>
#include <optional>

#include "conf/settings.hpp"
#include "mailstore/queue.hpp"

namespace mailctl {

/// On the recipients that `message` has, its content included; the report's own recipients are the
/// caller's to add.
std::optional<mailstore::QueuedMessage> removal_report(const conf::Settings& settings,
                                                       const mailstore::QueuedMessage& message,
                                                       std::int64_t now);

}  // namespace mailctl
