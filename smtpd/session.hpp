// One SMTP connection: reads lines, lets the transaction decide, does what it says, writes the
// replies. Replies to pipelined commands are gathered and written at once when no further command
// is there yet (RFC 2920 §3.2). Lives on one thread, in its coroutine's frame.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "mailstore/queue.hpp"
#include "smtpd/attempt_log.hpp"
#include "smtpd/auth.hpp"
#include "smtpd/dispatch.hpp"
#include "smtpd/latest.hpp"
#include "smtpd/receive.hpp"
#include "smtpd/room.hpp"
#include "smtpd/sessions.hpp"
#include "smtpd/transaction.hpp"
#include "tls/context.hpp"
#include "tls/stream.hpp"

namespace smtpd {

/// What all sessions share; outlives them.
struct Service {
  Latest<Policy> policy;
  mailstore::Queue& queue;
  Dispatch& dispatch;
  Authority authority;
  Latest<tls::ServerContext> certificates;
  Sessions& sessions;
  Lookups lookups;
  Room& room;
  Remember remember = [](const mailstore::Step&) {};
};

/// What a listener is for.
struct Port {
  Role role = Role::kMx;
  enum class Tls { kByCommand, kFromStart } tls = Tls::kByCommand;
};

/// Runs the session to its end. Never throws for what a peer does.
asio::awaitable<void> serve(tls::Stream stream, Service& service, Port port);

}  // namespace smtpd
