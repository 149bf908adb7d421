// Sending by SMTP submission (RFC 6409): mail::smtp::Client driven over a Stream.
#pragma once

#include <string>
#include <vector>

#include "mail/smtp_client.hpp"
#include "mua/account.hpp"
#include "tls/stream.hpp"

namespace mua {

/// One outcome for each recipient, in order. Throws Failure when the session could not be opened.
/// `message.content` outlives the call.
asio::awaitable<std::vector<mail::smtp::RecipientOutcome>> submit(
    Account account, std::string password, mail::smtp::OutgoingMessage message);

/// Opens a session and ends it: whether the login works. Throws Failure when it does not.
asio::awaitable<void> try_submission(Account account, std::string password);

}  // namespace mua
