// The promise of the house: awaiting the queue's commit. What returns from here without an error is
// on disk, and only then may the session say 250 (RFC 5321 §6.1).
#pragma once

#include <exception>

#include "mailstore/queue.hpp"
#include "smtpd/attempt.hpp"
#include "smtpd/dispatch.hpp"
#include "tls/asio.hpp"

namespace smtpd {

struct Accepted {
  Message message;           ///< as stored; null when it was not
  std::exception_ptr error;  ///< why
};

/// Commits, hands the message on for delivery, and resumes on the caller's executor. kMayBlock: the
/// only session there is needs no other thread for it.
asio::awaitable<Accepted> accept(mailstore::Queue& queue, Dispatch& dispatch,
                                 mailstore::QueuedMessage message, mailstore::Queue::Caller caller);

}  // namespace smtpd
