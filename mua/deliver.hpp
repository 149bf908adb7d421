// A message that a command sends at once: handed in, its copy put into Sent, the message it answers
// marked. What became of it is printed (sent_report).
#pragma once

#include <optional>
#include <string>

#include "mail/compose.hpp"
#include "mail/flags.hpp"
#include "mua/account.hpp"
#include "mua/crypt/seal_mail.hpp"
#include "mua/message_ref.hpp"
#include "mua/sent_report.hpp"
#include "tls/asio.hpp"

namespace mua {

/// What a message gets once the new one is sent.
struct Mark {
  MessageRef ref;
  mail::FlagSet flags;
};

struct Mailing {
  mail::Draft draft;          ///< whom it is from and goes to
  mail::PieceSource content;  ///< the message as it is kept, with its Bcc
  std::optional<Mark> mark{};
  enum class Copy { kIntoSent, kNone };
  Copy copy = Copy::kIntoSent;
};

/// The message as it is kept: what is sealed is in memory, everything else in a spool.
mail::PieceSource compose_mail(mail::Draft draft, const crypt::SealWish& wish);

/// Hands it in. Failure when that could not be begun; that no copy could be kept is no failure.
asio::awaitable<SentReport> hand_in(Account account, std::string password, Mailing mailing);

/// The same, and tells of it. Failure when not all took it, or no copy could be kept.
asio::awaitable<ExitCode> deliver(Account account, std::string password, Mailing mailing,
                                  Format format);

}  // namespace mua
