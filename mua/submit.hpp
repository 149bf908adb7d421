// Sending by SMTP submission (RFC 6409): mail::smtp::Client driven over a Stream.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "mail/smtp_client.hpp"
#include "mua/account.hpp"
#include "tls/stream.hpp"

namespace mua {

/// Who looks on while a message goes; either may be empty.
struct SubmitWatch {
  std::function<void()> content_begins;            ///< from the next octet on it may be sent
  std::function<void(std::uint64_t)> octets_sent;  ///< of its content so far
};

/// With what its header asks for.
mail::smtp::OutgoingMessage in_envelope(mail::Address sender,
                                        const std::vector<mail::Address>& recipients,
                                        mail::PieceSource content);

/// One outcome for each recipient, in order. Throws Failure when the session could not be opened.
/// Its content outlives the call.
asio::awaitable<std::vector<mail::smtp::RecipientOutcome>> submit(
    Account account, std::string password, mail::smtp::OutgoingMessage message,
    SubmitWatch watch = {});

/// Opens a session and ends it: whether the login works. Throws Failure when it does not.
asio::awaitable<void> try_submission(Account account, std::string password);

}  // namespace mua
