// One AUTH exchange over a session's stream (RFC 4954): challenges out, responses in, the look-ups
// on the worker pool, because argon2id takes tens of milliseconds. The mechanisms are mail/sasl's.
#pragma once

#include <optional>
#include <string>

#include "mail/sasl.hpp"
#include "mail/smtp_command.hpp"
#include "mail/smtp_reply.hpp"
#include "mailstore/directory.hpp"
#include "tls/stream.hpp"
#include "tls/worker_pool.hpp"

namespace smtpd {

using mail::smtp::Reply;

/// Against what logins are checked; one for all sessions.
struct Authority {
  const mailstore::Directory& directory;
  tls::WorkerPool& workers;
  std::string seed;  ///< of this process, for the salts invented for unknown names
};

struct Login {
  std::optional<mailstore::AccountInfo> account;
  Reply reply;  ///< when there is no account: what to say
};

mail::ChannelBindings bindings_of(const tls::Stream& stream);

/// "alice" → "alice@example.test".
std::string complete_login(std::string_view name, std::string_view domain);

/// Speaks until the exchange ends. `domain` completes a bare login name; `stream` and `authority`
/// must outlive it.
asio::awaitable<Login> authenticate(tls::Stream& stream, const Authority& authority,
                                    std::string domain, mail::smtp::Auth command);

}  // namespace smtpd
