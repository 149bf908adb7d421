// The message that a new one answers or sends on, and the new one begun from it. One that is
// encrypted is opened for its text; its header fields stay those outside, since the new one's are
// not encrypted. Large files that are sent on lie in a spool meanwhile; what was opened never does.
#pragma once

#include <optional>
#include <string>

#include "mail/compose.hpp"
#include "mail/imap_fetched.hpp"
#include "mua/account.hpp"
#include "mua/message_ref.hpp"
#include "mua/options.hpp"
#include "tls/asio.hpp"

namespace mua {

struct Original {
  MessageRef ref;
  mail::FlagSet mark{};        ///< what the message gets once the new one is sent
  mail::Draft begun{};         ///< recipients, subject, threading, attachments
  std::string quoted{};        ///< what stands below the new text
  bool was_encrypted = false;  ///< what of it is in the new one
};

/// Whether the options name a message to answer or to send on.
bool names_message(const SendOptions& options);

/// nullopt when the options name no message. Failure when there is none of that id, or it can't be
/// opened.
asio::awaitable<std::optional<Original>> fetch_original(Account account, std::string password,
                                                        SendOptions options);

/// "---------- Forwarded message ----------", whose it was, and its text.
std::string forwarded(const mail::imap::Envelope& envelope, const std::string& text);

}  // namespace mua
