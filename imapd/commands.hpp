// The commands of IMAP as a table: verb, where it is allowed, whether it may break sequence
// numbers, handler. A handler appends untagged responses to the session's output and returns the
// tagged one.
#pragma once

#include <string_view>

#include "imapd/session.hpp"

namespace imapd {

/// Where a command is allowed (RFC 9051 §6).
enum class Allowed {
  kAnyState,
  kNotAuthenticated,
  kAuthenticated,  ///< selected too
  kSelected,
};

/// Whether the store is read for news after the command even if no bell rang. kAlways with
/// Expunges::kHold: the answer names messages by number and says EXPUNGEISSUED when some are gone.
enum class Look { kWhenRung, kAlways };

using Handler = asio::awaitable<Reply> (*)(Session&, mail::ImapCommand);

struct CommandEntry {
  std::string_view verb;
  Allowed allowed;
  Expunges expunges;  ///< kHold: no EXPUNGE while it is answered (RFC 9051 §7.5.1)
  Look look;
  Handler handler;
};

/// Null for a verb nobody knows; "UID X" are verbs of their own.
const CommandEntry* find_command(std::string_view verb);
/// UIDs for "UID X", sequence numbers else.
Numbering numbering_of(const mail::ImapCommand& command);
/// Whether the command speaks in sequence numbers: it has a UID form, EXPUNGE apart.
bool uses_sequence_numbers(const CommandEntry& entry);
bool is_allowed(Allowed allowed, State state);

/// kOfLogin: what a greeting tells, the login's needs alone.
enum class Telling { kAll, kOfLogin };
/// "CAPABILITY IMAP4rev1 ...", as it stands for the session now.
std::string capabilities(const Session& session, Telling telling = Telling::kAll);
/// Whether a password may be sent as it is: over TLS, or where the settings trust the line.
bool may_send_password(const Session& session);

}  // namespace imapd
