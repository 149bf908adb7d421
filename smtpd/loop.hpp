// Mail that comes back to an address it was delivered to before goes in a circle: somebody forwards
// it to us whom we forward it to. Each server on the way that keeps to the custom (Postfix, qmail,
// Courier and this one) puts Delivered-To above the message. Pure.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mail/smtp_reply.hpp"
#include "smtpd/attempt.hpp"

namespace smtpd {

/// The addresses in a message's Delivered-To fields.
std::vector<std::string> delivered_to(std::string_view message);

/// Was the message with these Delivered-To at this recipient, or at who forwards it to him?
bool goes_round(const std::vector<std::string>& delivered_to,
                const mailstore::QueuedRecipient& recipient);

/// How the client is answered: at once for all recipients (SMTP), or for each by itself (LMTP).
enum class Answer { kForAll, kForEach };

/// Takes those out who had the message before, and returns the names, as RCPT gave them, that lead
/// to nobody else and can be refused with loop_reply. Where the client can't be told of some only,
/// these are held, and `loop_failures` has to be settled once the message is accepted.
std::set<std::string> stop_loops(mailstore::QueuedMessage& message,
                                 const std::vector<std::string>& delivered_to, Answer answer);

/// Of the recipients that were held.
std::vector<Attempt> loop_failures(const Message& message);

/// 554 with RFC 3463's 5.4.6.
mail::smtp::Reply loop_reply();

}  // namespace smtpd
