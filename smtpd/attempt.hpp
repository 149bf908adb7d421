// What travels between the queue and those who deliver: a recipient of a message that is to be
// tried, and how that went. Plain values; the message is shared and immutable.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "mailstore/queue.hpp"

namespace smtpd {

using Message = std::shared_ptr<const mailstore::QueuedMessage>;

struct Job {
  Message message;
  const mailstore::QueuedRecipient* recipient = nullptr;  ///< one of the message's
};

struct Attempt {
  /// kDeferred: to be tried again later.
  enum class End { kDelivered, kDeferred, kFailed };
  Job job;
  End end = End::kDelivered;
  std::string reply;   ///< what the other side, or we, said: "550 5.1.1 No such user"
  std::string remote;  ///< host that said it, "" if it was us
  /// That host has DSN: telling the sender of success is its duty now (RFC 3461 §5.2.1).
  bool report_passed_on = false;
  bool last_hop = false;        ///< that host delivers (LMTP, RFC 2033): what it took has arrived
  std::string tls{};            ///< "TLSv1.3 TLS_AES_256_GCM_SHA384 verified"; "" for plain text
  bool unknown = false;         ///< deferred, but the other side may have taken it (RFC 1047)
  std::int64_t not_before = 0;  ///< the next hop is dead until then, in seconds since 1970
};

/// Where attempts are reported; called from any thread.
using Settle = std::function<void(std::vector<Attempt>)>;

}  // namespace smtpd
