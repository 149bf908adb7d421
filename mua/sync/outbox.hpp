// Sending what the outbox has, one mail at a time, on a connection of its own: a mail goes while a
// folder is being synchronised, or IMAP can't be reached at all. Nothing is sent twice: before its
// first octet goes the journal says so (`handing`), and whoever finds that after a kill asks Sent
// first (journal.hpp).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "mail/smtp_client.hpp"
#include "mua/account.hpp"
#include "mua/sync/events.hpp"
#include "mua/sync/journal.hpp"
#include "tls/asio.hpp"

namespace mua::sync {

class Outbox {
 public:
  /// All outlive it. `now`: milliseconds since 1970.
  Outbox(Account account, std::function<std::string()> password, LocalStore& store, Events& events,
         std::function<std::int64_t()> now);

  /// Sends the next mail that is due; false when none is. Never throws what a mail met: that is in
  /// the journal.
  asio::awaitable<bool> send_next();

 private:
  asio::awaitable<void> send(Entry entry);
  void conclude(const Entry& entry, const std::vector<mail::smtp::RecipientOutcome>& outcomes);
  void met(const Entry& entry, const Failure& failure);
  std::int64_t next_try(const Entry& entry) const;

  Account account_;
  std::function<std::string()> password_;
  LocalStore& store_;
  Events& events_;
  std::function<std::int64_t()> now_;
  Journal journal_{store_};
};

/// The message without its Bcc fields (RFC 5322 §3.6.3).
mail::PieceSource without_bcc(const mail::PieceSource& message);

}  // namespace mua::sync
