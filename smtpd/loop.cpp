#include "smtpd/loop.hpp"

#include <algorithm>

#include "mail/ascii.hpp"
#include "mail/header.hpp"

namespace smtpd {

namespace {

using mailstore::QueuedRecipient;
using mailstore::RecipientState;

/// Whose recipients are all held.
std::set<std::string> names_held(const mailstore::QueuedMessage& message) {
  std::set<std::string> held, onward;
  for (const QueuedRecipient& recipient : message.recipients) {
    (recipient.state == RecipientState::kHeld ? held : onward).insert(recipient.original);
  }
  for (const std::string& name : onward) held.erase(name);
  return held;
}

}  // namespace

std::vector<std::string> delivered_to(std::string_view message) {
  std::vector<std::string> addresses;
  for (const mail::HeaderField& field : mail::find_fields(message, "delivered-to")) {
    addresses.push_back(mail::unfold(field.value));
  }
  return addresses;
}

Earlier earlier(const std::vector<std::string>& delivered_to, const AccountOf& account_of) {
  Earlier earlier{delivered_to, {}};
  for (const std::string& text : delivered_to) {
    const auto address = mail::parse_address(text);
    const auto account = address ? account_of(*address) : std::nullopt;
    if (account) earlier.accounts.insert(*account);
  }
  return earlier;
}

bool goes_round(const Earlier& earlier, const QueuedRecipient& recipient) {
  if (earlier.accounts.contains(recipient.account)) return true;
  return std::any_of(earlier.addresses.begin(), earlier.addresses.end(),
                     [&](const std::string& before) {
                       return mail::same_ignoring_case(before, recipient.original) ||
                              (!recipient.forwarded_by.empty() &&
                               mail::same_ignoring_case(before, recipient.forwarded_by));
                     });
}

std::set<std::string> stop_loops(mailstore::QueuedMessage& message, const Earlier& earlier,
                                 Answering answering) {
  if (earlier.addresses.empty()) return {};
  for (QueuedRecipient& recipient : message.recipients) {
    if (!goes_round(earlier, recipient)) continue;
    recipient.state = RecipientState::kHeld;
    recipient.last_reply = to_line(loop_reply());
  }
  std::set<std::string> refused = names_held(message);
  const auto is_refused = [&](const QueuedRecipient& recipient) {
    return refused.contains(recipient.original);
  };
  const bool all = std::all_of(message.recipients.begin(), message.recipients.end(), is_refused);
  if (!all && answering == Answering::kForAll) return {};
  std::erase_if(message.recipients, is_refused);
  return refused;
}

std::vector<Attempt> loop_failures(const Message& message) {
  std::vector<Attempt> failures;
  for (const QueuedRecipient& recipient : message->recipients) {
    if (recipient.state != RecipientState::kHeld) continue;
    failures.push_back(
        {{message, &recipient}, Attempt::End::kFailed, recipient.last_reply, "", false});
  }
  return failures;
}

mail::smtp::Reply loop_reply() {
  return {554, "5.4.6", "Mail loop: the message was delivered to this address before"};
}

}  // namespace smtpd
