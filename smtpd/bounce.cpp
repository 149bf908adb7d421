#include "smtpd/bounce.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mail/ascii.hpp"
#include "mail/delivery_report.hpp"
#include "mail/orcpt.hpp"
#include "mail/smtp_command.hpp"
#include "mail/smtp_reply.hpp"
#include "smtpd/trace.hpp"

namespace smtpd {

namespace {

using mail::DeliveryAction;

// Up to here the whole message goes back when the sender didn't say what he wants (RFC 3461 §4.3).
constexpr std::uint64_t kReturnWhole = 64u << 10;

char class_of(DeliveryAction action) {
  return action == DeliveryAction::kFailed ? '5' : action == DeliveryAction::kDelayed ? '4' : '2';
}

/// "550 5.1.1 No such user" → "5.1.1". The class is that of how it ended: what failed for time did
/// so after a 4yz reply, and some servers say "550 4.1.1".
std::string status_of(const Attempt& attempt, DeliveryAction action) {
  if (action == DeliveryAction::kExpanded) return "2.0.0";
  const std::string_view reply = attempt.reply;
  if (action == DeliveryAction::kFailed && reply.starts_with('4')) return "5.4.7";
  std::string status(
      mail::smtp::split_enhanced(reply.size() > 4 ? reply.substr(4) : std::string_view{}).enhanced);
  if (status.empty()) status = "0.0.0";
  status.front() = class_of(action);
  return status;
}

mail::RecipientReport recipient_report(const Attempt& attempt, DeliveryAction action) {
  const mailstore::QueuedRecipient& recipient = *attempt.job.recipient;
  mail::RecipientReport report{.recipient = recipient.address,
                               .named = recipient.original,
                               .original_recipient = mail::decode_orcpt(recipient.orcpt),
                               .action = action,
                               .status = status_of(attempt, action),
                               .remote_mta = attempt.remote,
                               .diagnostic = attempt.reply};
  if (action == DeliveryAction::kExpanded) {
    report.recipient = mail::parse_address(recipient.original).value_or(recipient.address);
    report.remote_mta.clear();
    report.diagnostic.clear();
  }
  return report;
}

std::vector<mail::RecipientReport> recipient_reports(const std::vector<Attempt>& attempts,
                                                     const ReportRules& rules, std::int64_t now) {
  std::vector<mail::RecipientReport> reports;
  for (const Attempt& attempt : attempts) {
    for (const DeliveryAction action : actions_to_tell(attempt, rules, now)) {
      reports.push_back(recipient_report(attempt, action));
      if (action != DeliveryAction::kDelayed) continue;
      reports.back().retry_until = attempt.job.message->received_at + rules.give_up_after;
    }
  }
  return reports;
}

// RET is for failures; of what did not fail the header is enough (RFC 3461 §4.3). Of what was to
// travel by TLS alone no more goes back than has to (RFC 8689 §5).
mail::ReturnedContent returned_content(const mailstore::QueuedMessage& message,
                                       const std::vector<mail::RecipientReport>& reports) {
  const bool failed = std::any_of(reports.begin(), reports.end(), [](const auto& report) {
    return report.action == DeliveryAction::kFailed;
  });
  const bool small = message.content.view().size() <= kReturnWhole;
  const bool whole =
      failed && !message.requiretls && (message.ret == "FULL" || (message.ret.empty() && small));
  return whole ? mail::ReturnedContent::kFull : mail::ReturnedContent::kHeaders;
}

}  // namespace

mailstore::QueuedMessage make_report(const ReportingHost& host,
                                     const std::vector<Attempt>& attempts, const ReportRules& rules,
                                     std::int64_t now) {
  const mailstore::QueuedMessage& about = *attempts.front().job.message;
  mail::DeliveryReport report{.from = {"postmaster", host.domain},
                              .to = about.sender,
                              .reporting_host = host.hostname,
                              .envelope_id = mail::decode_xtext(about.envid),
                              .log_id = about.name,
                              .arrival = {about.received_at, 0},
                              .date = {now, 0},
                              .message_id = fmt::format("<{}@{}>", make_trace_id(), host.hostname),
                              .recipients = recipient_reports(attempts, rules, now),
                              .original = about.content.view(),
                              .smtputf8 = about.smtputf8};
  report.returned = returned_content(about, report.recipients);
  const std::string text = mail::compose_report(report);
  mailstore::QueuedMessage message;
  message.body = mail::is_ascii(text) ? "7BIT" : "8BITMIME";
  message.content = mailstore::Content::of(text);
  message.received_at = now;
  message.message_id = report.message_id;
  message.smtputf8 = !mail::is_ascii(about.sender.local);
  message.requiretls = about.requiretls;
  return message;
}

}  // namespace smtpd
