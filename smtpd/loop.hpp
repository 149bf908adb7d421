// Mail that comes back to an address it was delivered to before goes in a circle: somebody forwards
// it to us whom we forward it to. Each server on the way that keeps to the custom (Postfix, qmail,
// Courier and this one) puts Delivered-To above the message. Pure.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mail/smtp_reply.hpp"
#include "smtpd/attempt.hpp"

namespace smtpd {

/// The addresses in a message's Delivered-To fields.
std::vector<std::string> delivered_to(std::string_view message);

/// Who had a message before, by its Delivered-To.
struct Earlier {
  std::vector<std::string> addresses;
  std::set<mailstore::AccountId> accounts;  ///< those of these addresses
};
using AccountOf = std::function<std::optional<mailstore::AccountId>(const mail::Address&)>;
Earlier earlier(const std::vector<std::string>& delivered_to, const AccountOf& account_of);

/// Had this recipient the message before, or who forwards it to him? It doesn't matter by which
/// name an account is reached this time.
bool goes_round(const Earlier& earlier, const mailstore::QueuedRecipient& recipient);

/// How the client is answered: at once for all recipients (SMTP), or for each by itself (LMTP).
enum class Answering { kForAll, kForEach };

/// Takes those out who had the message before, and returns the names, as RCPT gave them, that lead
/// to nobody else and can be refused with loop_reply. Where the client can't be told of some only,
/// these are held, and `loop_failures` has to be settled once the message is accepted.
std::set<std::string> stop_loops(mailstore::QueuedMessage& message, const Earlier& earlier,
                                 Answering answering);

/// Of the recipients that were held.
std::vector<Attempt> loop_failures(const Message& message);

/// 554 with RFC 3463's 5.4.6.
mail::smtp::Reply loop_reply();

}  // namespace smtpd
