#include "smtpd/bounce.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mail/delivery_report.hpp"
#include "mail/smtp_command.hpp"
#include "mail/smtp_reply.hpp"
#include "smtpd/trace.hpp"

namespace smtpd {

namespace {

// Up to here the whole message goes back when the sender didn't say what he wants (RFC 3461 §4.3).
constexpr std::uint64_t kReturnWhole = 64u << 10;

mail::DeliveryAction action_of(const Attempt& attempt) {
  switch (attempt.end) {
    case Attempt::End::kFailed: return mail::DeliveryAction::kFailed;
    case Attempt::End::kDeferred: return mail::DeliveryAction::kDelayed;
    case Attempt::End::kDelivered: break;
  }
  return attempt.remote.empty() ? mail::DeliveryAction::kDelivered : mail::DeliveryAction::kRelayed;
}

/// "550 5.1.1 No such user" → "5.1.1". A failure always has class 5, even if it was for time.
std::string status_of(const Attempt& attempt) {
  const std::string_view reply = attempt.reply;
  const std::string_view enhanced =
      mail::smtp::split_enhanced(reply.size() > 4 ? reply.substr(4) : std::string_view{}).enhanced;
  const bool failed = attempt.end == Attempt::End::kFailed;
  if (failed && reply.starts_with('4')) return "5.4.7";
  if (!enhanced.empty()) return std::string(enhanced);
  return failed ? "5.0.0" : attempt.end == Attempt::End::kDeferred ? "4.0.0" : "2.0.0";
}

/// What xtext stands for, unless that would break out of its field.
std::string readable(const std::string& xtext) {
  const auto text = mail::smtp::from_xtext(xtext);
  const bool plain = text && std::none_of(text->begin(), text->end(),
                                          [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  return plain ? *text : xtext;
}

// ORCPT=rfc822;Bob+40example.test → rfc822;Bob@example.test
std::string original_recipient(const std::string& orcpt) {
  const std::size_t semicolon = orcpt.find(';');
  if (semicolon == std::string::npos) return "";
  return orcpt.substr(0, semicolon + 1) + readable(orcpt.substr(semicolon + 1));
}

mail::RecipientReport recipient_report(const Attempt& attempt) {
  const mailstore::QueuedRecipient& recipient = *attempt.job.recipient;
  return {.recipient = recipient.address,
          .named = recipient.original,
          .original_recipient = original_recipient(recipient.orcpt),
          .action = action_of(attempt),
          .status = status_of(attempt),
          .remote_mta = attempt.remote,
          .diagnostic = attempt.reply};
}

// The message, or its header alone: as RET says, and never octets that a report can't carry.
mail::ReturnedContent returned_content(const mailstore::QueuedMessage& message, bool failed) {
  const bool whole = failed && message.body != "BINARYMIME" && message.ret != "HDRS" &&
                     (message.ret == "FULL" || message.content.view().size() <= kReturnWhole);
  return whole ? mail::ReturnedContent::kFull : mail::ReturnedContent::kHeaders;
}

}  // namespace

bool wants_report(const Attempt& attempt) {
  if (attempt.job.message->sender.is_null()) return false;
  const std::string_view notify = attempt.job.recipient->notify;
  switch (attempt.end) {
    case Attempt::End::kFailed:
      return notify.empty() || notify.find("FAILURE") != std::string_view::npos;
    case Attempt::End::kDelivered:
      return !attempt.report_passed_on && notify.find("SUCCESS") != std::string_view::npos;
    case Attempt::End::kDeferred: break;
  }
  return false;
}

std::string write_report(const ReportingHost& host, const std::vector<Attempt>& attempts,
                         std::int64_t now) {
  const mailstore::QueuedMessage& message = *attempts.front().job.message;
  mail::DeliveryReport report{.from = {"postmaster", host.domain},
                              .to = message.sender,
                              .reporting_host = host.hostname,
                              .envelope_id = readable(message.envid),
                              .arrival = {message.received_at, 0},
                              .date = {now, 0},
                              .message_id = fmt::format("<{}@{}>", make_trace_id(), host.hostname),
                              .recipients = {},
                              .original = message.content.view(),
                              .smtputf8 = message.smtputf8};
  bool failed = false;
  for (const Attempt& attempt : attempts) {
    failed = failed || attempt.end == Attempt::End::kFailed;
    report.recipients.push_back(recipient_report(attempt));
  }
  report.returned = returned_content(message, failed);
  return mail::compose_report(report);
}

}  // namespace smtpd
