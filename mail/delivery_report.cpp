#include "mail/delivery_report.hpp"

#include <algorithm>

#include "mail/ascii.hpp"
#include "mail/body_writer.hpp"
#include "mail/charset.hpp"
#include "mail/delivery_words.hpp"
#include "mail/field_writer.hpp"
#include "mail/header.hpp"

namespace mail {
namespace {

// A header beyond this is no header that helps anybody.
constexpr std::size_t kMostHeader = 64u << 10;
// RFC 5321 §4.5.3.1.6, without the CRLF.
constexpr std::size_t kLongestLine = 998;
constexpr std::size_t kLongestDiagnostic = 800;
constexpr std::size_t kFoldAt = 76;

std::string_view name_of(DeliveryAction action) {
  switch (action) {
    case DeliveryAction::kDelayed: return "delayed";
    case DeliveryAction::kDelivered: return "delivered";
    case DeliveryAction::kRelayed: return "relayed";
    case DeliveryAction::kExpanded: return "expanded";
    case DeliveryAction::kFailed: break;
  }
  return "failed";
}

/// Whether the fields may hold UTF-8. RFC 6533 §4: then the part is another type.
enum class Letters { kAscii, kUtf8 };

/// On one line, a blank between words.
std::string one_line(std::string_view text, Letters letters) {
  const std::string repaired = letters == Letters::kUtf8 ? repair_utf8(text) : std::string(text);
  std::string line;
  for (const char c : repaired) {
    const bool blank = static_cast<unsigned char>(c) <= ' ' || c == 127;
    if (blank && (line.empty() || line.back() == ' ')) continue;
    line += blank ? ' ' : letters == Letters::kAscii && is_8bit(c) ? '?' : c;
  }
  return line;
}

/// Fields of the second part.
class Fields {
 public:
  explicit Fields(Letters letters) : letters_(letters) {}

  void add(std::string_view name, std::string_view value) {
    std::string line = std::string(name) + ": " + one_line(value, letters_);
    for (std::size_t blank; line.size() > kFoldAt; line.erase(0, blank)) {
      blank = line.rfind(' ', kFoldAt);
      if (blank == std::string::npos || blank <= name.size() + 1) blank = line.find(' ', kFoldAt);
      if (blank == std::string::npos) break;
      text_.append(line, 0, blank) += "\r\n";
    }
    text_ += line + "\r\n";
  }
  void add_if_given(std::string_view name, std::string_view type, const std::string& value) {
    if (!value.empty()) add(name, std::string(type) + value);
  }
  void end_group() { text_ += "\r\n"; }
  const std::string& text() const { return text_; }

 private:
  Letters letters_;
  std::string text_;
};

Letters letters_of(const DeliveryReport& report) {
  const bool beyond_ascii =
      std::any_of(report.recipients.begin(), report.recipients.end(), [](const auto& entry) {
        return entry.recipient.needs_smtputf8() || !is_ascii(entry.original_recipient);
      });
  return report.smtputf8 || beyond_ascii ? Letters::kUtf8 : Letters::kAscii;
}

void add_recipient(Fields& fields, const RecipientReport& entry, const DateTime& date) {
  const std::string type = entry.recipient.needs_smtputf8() ? "utf-8;" : "rfc822;";
  fields.add_if_given("Original-Recipient", "", entry.original_recipient);
  fields.add("Final-Recipient", type + entry.recipient.to_string());
  fields.add("Action", name_of(entry.action));
  fields.add("Status", entry.status);
  fields.add_if_given("Remote-MTA", "dns;", entry.remote_mta);
  // RFC 3464 §2.3.6: the type says who speaks; what this server says is no reply of SMTP's.
  fields.add_if_given("Diagnostic-Code", entry.remote_mta.empty() ? "x-pabal;" : "smtp;",
                      entry.diagnostic.substr(0, kLongestDiagnostic));
  fields.add("Last-Attempt-Date", render_date(date));
  if (entry.retry_until != 0) {
    fields.add("Will-Retry-Until", render_date({entry.retry_until, 0}));
  }
}

// delivery-status-content = per-message-fields 1*(CRLF per-recipient-fields)    RFC 3464 §2.1
Entity status_part(const DeliveryReport& report) {
  const Letters letters = letters_of(report);
  Fields fields(letters);
  fields.add_if_given("Original-Envelope-Id", "", report.envelope_id);
  fields.add("Reporting-MTA", "dns;" + report.reporting_host);
  fields.add_if_given("X-Pabal-Queue-Id", "", report.log_id);
  fields.add("Arrival-Date", render_date(report.arrival));
  for (const auto& entry : report.recipients) {
    fields.end_group();
    add_recipient(fields, entry, report.date);
  }
  return identity_part(
      letters == Letters::kUtf8 ? "message/global-delivery-status" : "message/delivery-status",
      fields.text());
}

// message/rfc822 takes no encoding (RFC 2046 §5.2.1): it goes as it is or not at all.
bool goes_as_it_is(std::string_view content) {
  while (!content.empty()) {
    const std::size_t end = content.find("\r\n");
    const std::string_view line = content.substr(0, end);
    if (line.size() > kLongestLine ||
        line.find_first_of(std::string_view("\r\n\0", 3)) != line.npos)
      return false;
    content.remove_prefix(end == content.npos ? content.size() : end + 2);
  }
  return true;
}

std::string_view returned_header(std::string_view message) {
  const std::string_view header = message.substr(0, header_size(message));
  if (header.size() <= kMostHeader) return header;
  return header.substr(0, header.rfind('\n', kMostHeader) + 1);
}

Entity original_part(const DeliveryReport& report) {
  if (report.returned == ReturnedContent::kFull && goes_as_it_is(report.original)) {
    return identity_part(report.smtputf8 ? "message/global" : "message/rfc822", report.original);
  }
  const std::string_view header = returned_header(report.original);
  if (report.smtputf8 && goes_as_it_is(header)) {
    return identity_part("message/global-headers", header);
  }
  // RFC 6522 §4: a header that is none of SMTP's is encoded.
  const char* type = report.smtputf8 ? "message/global-headers" : "text/rfc822-headers";
  return goes_as_it_is(header) && is_ascii(header) ? identity_part(type, header)
                                                   : quoted_part(type, header);
}

/// The Message-ID of the message reported on, so that clients show both together; "" if it is none.
std::string original_id(const DeliveryReport& report) {
  constexpr std::size_t kLongestId = 250;
  const std::string id = field_value(returned_header(report.original), "message-id");
  const bool whole = id.size() > 2 && id.size() < kLongestId && id.front() == '<' &&
                     id.find('>') == id.size() - 1 && id.find(' ') == id.npos && is_ascii(id);
  return whole ? id : "";
}

}  // namespace

// Three parts: for people, for programs, and what it is about. RFC 6522 §3
std::string compose_report(const DeliveryReport& report) {
  std::string header;
  append_address_field(header, "From", {{"Mail delivery", report.from}});
  append_address_field(header, "To", {{"", report.to}});
  append_text_field(header, "Subject", subject_of(report));
  header += "Date: " + render_date(report.date) + "\r\n";
  append_id_field(header, "Message-ID", {report.message_id});
  if (const std::string id = original_id(report); !id.empty()) {
    append_id_field(header, "In-Reply-To", {id});
    append_id_field(header, "References", {id});
  }
  // RFC 3834 §5: nobody's machine shall answer this.
  header += "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n";
  std::vector<Entity> parts;
  parts.push_back(text_part(explain(report)));
  parts.push_back(status_part(report));
  parts.push_back(original_part(report));
  return header + render(multipart("multipart/report; report-type=delivery-status",
                                   std::move(parts), report.message_id));
}

}  // namespace mail
