#include "mail/delivery_report.hpp"

#include <algorithm>
#include <optional>

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
      return {"delayed", "Your message is delayed",
              "Your message could not be delivered yet; you need not send it again:"};
    case DeliveryAction::kDelivered:
      return {"delivered", "Your message arrived", "Your message has been delivered to:"};
    case DeliveryAction::kRelayed:
      return {"relayed", "Your message was passed on",
              "Your message was passed on to a server that sends no notifications, for:"};
    case DeliveryAction::kExpanded:
      return {"expanded", "Your message reached a list", "Your message was delivered to a list:"};
    case DeliveryAction::kFailed: break;
  }
  return {"failed", "Your message could not be delivered",
          "Your message could not be delivered to:"};
}

// What a reply of many lines says, on one.
std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) line += static_cast<unsigned char>(c) < ' ' || c == 127 ? ' ' : c;
  return line;
}

DeliveryAction main_action(const DeliveryReport& report) {
  const bool failed =
      std::any_of(report.recipients.begin(), report.recipients.end(),
                  [](const auto& entry) { return entry.action == DeliveryAction::kFailed; });
  return failed || report.recipients.empty() ? DeliveryAction::kFailed
                                             : report.recipients.front().action;
}

std::string explanation(const DeliveryReport& report) {
  std::string text = "This is the mail server at " + report.reporting_host + ".\n";
  std::optional<DeliveryAction> told;
  for (const RecipientReport& entry : report.recipients) {
    if (told != entry.action) text.append("\n").append(words_of(entry.action).sentence) += "\n\n";
    told = entry.action;
    text += "  " + one_line(entry.named) + "\n";
    const bool trouble =
        entry.action == DeliveryAction::kFailed || entry.action == DeliveryAction::kDelayed;
    if (!trouble || entry.diagnostic.empty()) continue;
    const std::string said_by = entry.remote_mta.empty() ? "" : entry.remote_mta + " said: ";
    text += "    " + one_line(said_by + entry.diagnostic) + "\n";
  }
  return text;
}

void append_line(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(one_line(value)).append("\r\n");
}

void append_recipient(std::string& out, const RecipientReport& entry, const DateTime& date) {
  const std::string type = entry.recipient.needs_smtputf8() ? "utf-8;" : "rfc822;";
  out += "\r\n";
  if (!entry.original_recipient.empty()) {
    append_line(out, "Original-Recipient", entry.original_recipient);
  }
  append_line(out, "Final-Recipient", type + entry.recipient.to_string());
  append_line(out, "Action", words_of(entry.action).action);
  append_line(out, "Status", entry.status);
  if (!entry.remote_mta.empty()) append_line(out, "Remote-MTA", "dns;" + entry.remote_mta);
  if (!entry.diagnostic.empty()) append_line(out, "Diagnostic-Code", "smtp;" + entry.diagnostic);
  append_line(out, "Last-Attempt-Date", render_date(date));
}

// delivery-status-content = per-message-fields 1*(CRLF per-recipient-fields)
Entity status_part(const DeliveryReport& report) {
  std::string status;
  append_line(status, "Reporting-MTA", "dns;" + report.reporting_host);
  if (!report.envelope_id.empty()) append_line(status, "Original-Envelope-Id", report.envelope_id);
  append_line(status, "Arrival-Date", render_date(report.arrival));
  for (const auto& entry : report.recipients) append_recipient(status, entry, report.date);
  const bool global = report.smtputf8 || !is_ascii(status);
  return identity_part(global ? "message/global-delivery-status" : "message/delivery-status",
                       status);
}

Entity original_part(const DeliveryReport& report) {
  if (report.returned == ReturnedContent::kFull) {
    return identity_part(report.smtputf8 ? "message/global" : "message/rfc822", report.original);
  }
  return identity_part(report.smtputf8 ? "message/global-headers" : "text/rfc822-headers",
                       report.original.substr(0, header_size(report.original)));
}

}  // namespace

// Three parts: for people, for programs, and what it is about. RFC 6522 §3
std::string compose_report(const DeliveryReport& report) {
  std::string header;
  append_address_field(header, "From", {{"Mail delivery", report.from}});
  append_address_field(header, "To", {{"", report.to}});
  append_text_field(header, "Subject", words_of(main_action(report)).subject);
  append_line(header, "Date", render_date(report.date));
  append_id_field(header, "Message-ID", {report.message_id});
  // RFC 3834 §5: nobody's machine shall answer this.
  header += "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n";
  std::vector<Entity> parts;
  parts.push_back(text_part(explanation(report)));
  parts.push_back(status_part(report));
  parts.push_back(original_part(report));
  return header + render(multipart("multipart/report; report-type=delivery-status",
                                   std::move(parts), report.message_id));
}

}  // namespace mail
