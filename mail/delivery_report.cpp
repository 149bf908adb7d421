#include "mail/delivery_report.hpp"

#include <algorithm>

#include "mail/ascii.hpp"
#include "mail/body_writer.hpp"
#include "mail/field_writer.hpp"
#include "mail/header.hpp"

namespace mail {
namespace {

struct Words {
  std::string_view action;  ///< RFC 3464 §2.3.3
  std::string_view subject;
  std::string_view sentence;
};

Words words_of(DeliveryAction action) {
  switch (action) {
    case DeliveryAction::kDelayed:
      return {"delayed", "Delivery delayed",
              "Your message could not be delivered yet. You need not send it again:\n"
              "delivery goes on being tried.\n"};
    case DeliveryAction::kDelivered:
      return {"delivered", "Delivered", "Your message was delivered.\n"};
    case DeliveryAction::kRelayed:
      return {"relayed", "Relayed",
              "Your message was passed on to a server that sends no notifications.\n"};
    case DeliveryAction::kExpanded:
      return {"expanded", "Delivered to a list", "Your message was delivered to a list.\n"};
    case DeliveryAction::kFailed: break;
  }
  return {"failed", "Undelivered mail",
          "Your message could not be delivered to the recipients below.\n"};
}

bool is_international(const DeliveryReport& report) {
  return std::any_of(report.recipients.begin(), report.recipients.end(),
                     [](const auto& entry) { return entry.recipient.needs_smtputf8(); });
}

// What a reply of many lines says, on one.
std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) line += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  return line;
}

std::string explanation(const DeliveryReport& report, const Words& words) {
  std::string text = "This is the mail server at " + report.reporting_host + ".\n\n";
  text += words.sentence;
  for (const RecipientReport& entry : report.recipients) {
    text += "\n  " + entry.recipient.to_string() + "\n";
    if (entry.diagnostic.empty()) continue;
    const std::string said_by = entry.remote_mta.empty() ? "" : entry.remote_mta + " said: ";
    text += "    " + said_by + one_line(entry.diagnostic) + "\n";
  }
  return text;
}

void append_line(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(one_line(value)).append("\r\n");
}

void append_recipient(std::string& out, const RecipientReport& entry) {
  const std::string type = entry.recipient.needs_smtputf8() ? "utf-8; " : "rfc822; ";
  out += "\r\n";
  if (!entry.original_recipient.empty()) {
    append_line(out, "Original-Recipient", entry.original_recipient);
  }
  append_line(out, "Final-Recipient", type + entry.recipient.to_string());
  append_line(out, "Action", words_of(entry.action).action);
  append_line(out, "Status", entry.status);
  if (!entry.remote_mta.empty()) append_line(out, "Remote-MTA", "dns; " + entry.remote_mta);
  if (!entry.diagnostic.empty()) append_line(out, "Diagnostic-Code", "smtp; " + entry.diagnostic);
}

// delivery-status-content = per-message-fields 1*(CRLF per-recipient-fields)
std::string status_part(const DeliveryReport& report) {
  std::string status;
  if (!report.envelope_id.empty()) append_line(status, "Original-Envelope-Id", report.envelope_id);
  append_line(status, "Reporting-MTA", "dns; " + report.reporting_host);
  append_line(status, "Arrival-Date", render_date(report.arrival));
  for (const RecipientReport& entry : report.recipients) append_recipient(status, entry);
  return identity_part(
      is_international(report) ? "message/global-delivery-status" : "message/delivery-status",
      status);
}

std::string original_part(const DeliveryReport& report) {
  if (report.returned == ReturnedContent::kFull) {
    return identity_part("message/rfc822", report.original);
  }
  return identity_part("text/rfc822-headers",
                       report.original.substr(0, header_size(report.original)));
}

}  // namespace

std::string compose_report(const DeliveryReport& report) {
  const Words words = words_of(report.recipients.empty() ? DeliveryAction::kFailed
                                                         : report.recipients.front().action);
  std::string message = "Date: " + render_date(report.date) + "\r\n";
  append_address_field(message, "From",
                       {{"Mail Delivery System", {"postmaster", report.reporting_host}}});
  append_address_field(message, "To", {{"", report.to}});
  append_text_field(message, "Subject", words.subject);
  append_id_field(message, "Message-ID", {report.message_id});
  // RFC 3834 §5: nobody's machine shall answer this.
  message += "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n";
  return message + multipart("multipart/report; report-type=delivery-status",
                             {text_part(explanation(report, words)), status_part(report),
                              original_part(report)},
                             report.message_id);
}

}  // namespace mail
