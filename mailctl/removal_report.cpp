#include "mailctl/removal_report.hpp"

#include <fmt/format.h>

#include "mail/ascii.hpp"
#include "mail/delivery_report.hpp"
#include "mail/orcpt.hpp"

namespace mailctl {
namespace {

// RFC 3463 §3.1: for a person's reason, of which no code tells.
constexpr const char* kStatus = "5.0.0";

bool wants_failures(const mailstore::QueuedRecipient& recipient) {
  return recipient.notify.empty() || recipient.notify.find("FAILURE") != std::string::npos;
}

std::string diagnostic_of(const mailstore::QueuedRecipient& recipient) {
  const std::string removed = "554 5.0.0 Taken out of the queue by the administrator";
  return recipient.last_reply.empty() ? removed
                                      : removed + "; the last answer was: " + recipient.last_reply;
}

}  // namespace

std::optional<mailstore::QueuedMessage> removal_report(const conf::Settings& settings,
                                                       const mailstore::QueuedMessage& message,
                                                       std::int64_t now) {
  if (message.sender.is_null()) return std::nullopt;
  mail::DeliveryReport report{
      .from = {"postmaster", settings.domain},
      .to = message.sender,
      .reporting_host = settings.hostname,
      .envelope_id = mail::decode_xtext(message.envid),
      .log_id = message.name,
      .arrival = {message.received_at, 0},
      .date = {now, 0},
      .message_id = fmt::format("<{}.removed.{}@{}>", message.name, now, settings.hostname),
      .recipients = {},
      .original = message.content.view(),
      .smtputf8 = message.smtputf8};
  for (const auto& recipient : message.recipients)
    if (wants_failures(recipient))
      report.recipients.push_back({.recipient = recipient.address,
                                   .named = recipient.original,
                                   .original_recipient = mail::decode_orcpt(recipient.orcpt),
                                   .status = kStatus,
                                   .remote_mta = "",
                                   .diagnostic = diagnostic_of(recipient)});
  if (report.recipients.empty()) return std::nullopt;
  const std::string text = mail::compose_report(report);
  mailstore::QueuedMessage told;
  told.body = mail::is_ascii(text) ? "7BIT" : "8BITMIME";
  told.content = mailstore::Content::of(text);
  told.received_at = now;
  told.message_id = report.message_id;
  told.smtputf8 = !mail::is_ascii(message.sender.local);
  told.requiretls = message.requiretls;
  return told;
}

}  // namespace mailctl
