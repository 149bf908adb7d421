// Messages and recipients of the queue as JSON and in words. Pure.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "mailstore/queue_filter.hpp"

namespace mailctl {

/// What `queue list` says of one recipient, and `queue show` of each.
boost::json::object object_of(const mailstore::QueuedRecipient& recipient);
/// The envelope, without the recipients.
boost::json::object object_of(const mailstore::QueuedMessage& message);

/// "deferred after 3 attempts; next one Sat 21 Nov 13:10:01, in 4 minutes"
std::string standing(const mailstore::QueuedRecipient& recipient, std::int64_t now);
/// The whole page of `queue show`.
std::string page_of(const mailstore::QueuedMessage& message, std::int64_t now);

}  // namespace mailctl
