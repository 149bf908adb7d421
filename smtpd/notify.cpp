#include "smtpd/notify.hpp"

#include <algorithm>

#include "mail/ascii.hpp"
#include "mail/header.hpp"

namespace smtpd {

namespace {

using mail::DeliveryAction;

// For those who ask for DELAY where nobody else is told.
constexpr std::int64_t kUsualDelay = 4 * 3600;

bool asks(std::string_view notify, std::string_view event) {
  return notify.find(event) != std::string_view::npos;
}

/// Do several recipients stand for the address that RCPT named?
bool is_expanded(const mailstore::QueuedMessage& message,
                 const mailstore::QueuedRecipient& recipient) {
  return std::count_if(message.recipients.begin(), message.recipients.end(),
                       [&](const auto& other) { return other.original == recipient.original; }) > 1;
}

bool is_first_of_its_name(const mailstore::QueuedMessage& message,
                          const mailstore::QueuedRecipient& recipient) {
  const auto first =
      std::find_if(message.recipients.begin(), message.recipients.end(),
                   [&](const auto& other) { return other.original == recipient.original; });
  return first != message.recipients.end() && first->number == recipient.number;
}

/// Sent by a program or to a list: RFC 3834 §2, and what lists write.
bool is_automatic(const mailstore::QueuedMessage& message) {
  const std::string_view content = message.content.view();
  const std::string_view header = content.substr(0, mail::header_size(content));
  const std::string submitted = mail::ascii_lower(mail::field_value(header, "auto-submitted"));
  const std::string precedence = mail::ascii_lower(mail::field_value(header, "precedence"));
  return (!submitted.empty() && submitted != "no") || precedence == "bulk" ||
         precedence == "list" || precedence == "junk" || mail::find_field(header, "list-id");
}

bool delay_is_to_tell(const mailstore::QueuedMessage& message,
                      const mailstore::QueuedRecipient& recipient, const ReportRules& rules,
                      std::int64_t now) {
  if (recipient.delay_told) return false;
  const std::int64_t after = rules.delay_notice != 0 ? rules.delay_notice : kUsualDelay;
  if (now - message.received_at < after) return false;
  if (!recipient.notify.empty()) return asks(recipient.notify, "DELAY");
  return rules.delay_notice != 0 && !message.login.empty() && !is_automatic(message);
}

}  // namespace

ReportRules report_rules(const conf::RelaySettings& settings) {
  return {settings.delay_notice.count(), settings.give_up_after.count()};
}

std::vector<DeliveryAction> actions_to_tell(const Attempt& attempt, const ReportRules& rules,
                                            std::int64_t now) {
  const mailstore::QueuedMessage& message = *attempt.job.message;
  const mailstore::QueuedRecipient& recipient = *attempt.job.recipient;
  if (message.sender.is_null()) return {};
  std::vector<DeliveryAction> actions;
  const bool success = asks(recipient.notify, "SUCCESS");
  const bool expanded = success && is_expanded(message, recipient);
  if (expanded && recipient.attempts == 0 && is_first_of_its_name(message, recipient)) {
    actions.push_back(DeliveryAction::kExpanded);
  }
  switch (attempt.end) {
    case Attempt::End::kFailed:
      if (recipient.notify.empty() || asks(recipient.notify, "FAILURE")) {
        actions.push_back(DeliveryAction::kFailed);
      }
      break;
    case Attempt::End::kDelivered:
      if (success && !expanded && !attempt.report_passed_on) {
        const bool arrived = attempt.remote.empty() || attempt.last_hop;
        actions.push_back(arrived ? DeliveryAction::kDelivered : DeliveryAction::kRelayed);
      }
      break;
    case Attempt::End::kDeferred:
      if (delay_is_to_tell(message, recipient, rules, now)) {
        actions.push_back(DeliveryAction::kDelayed);
      }
      break;
  }
  return actions;
}

std::string notify_onward(const mailstore::QueuedMessage& message,
                          const mailstore::QueuedRecipient& recipient) {
  const std::string& notify = recipient.notify;
  if (!asks(notify, "SUCCESS") || !is_expanded(message, recipient)) return notify;
  std::string onward;
  for (const std::string_view event : {"FAILURE", "DELAY"}) {
    if (asks(notify, event)) onward.append(onward.empty() ? "" : ",").append(event);
  }
  return onward.empty() ? "NEVER" : onward;
}

}  // namespace smtpd
