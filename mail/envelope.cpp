#include "mail/envelope.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "mail/address_list.hpp"
#include "mail/header.hpp"
#include "mail/imap_response.hpp"

namespace mail {
namespace {

/// The fields ENVELOPE shows, in its order.
enum EnvelopeField {
  kDate,
  kSubject,
  kFrom,
  kSender,
  kReplyTo,
  kTo,
  kCc,
  kBcc,
  kInReplyTo,
  kMessageId
};
constexpr std::array<std::string_view, 10> kNames{"date",        "subject",   "from", "sender",
                                                  "reply-to",    "to",        "cc",   "bcc",
                                                  "in-reply-to", "message-id"};
using EnvelopeValues = std::array<std::string, kNames.size()>;

constexpr bool is_address_field(std::size_t field) { return field >= kFrom && field <= kBcc; }

// RFC 5322 §3.6 allows each once. Of others the first counts; addresses are put together, because
// senders do repeat To and Cc.
EnvelopeValues read_values(std::string_view header) {
  EnvelopeValues values;
  std::array<bool, kNames.size()> seen{};
  HeaderReader reader(header);
  while (const auto field = reader.next()) {
    const auto name = std::find_if(kNames.begin(), kNames.end(),
                                   [&](std::string_view known) { return field->is(known); });
    if (name == kNames.end()) continue;
    const auto at = static_cast<std::size_t>(name - kNames.begin());
    if (seen[at] && !is_address_field(at)) continue;
    if (!values[at].empty()) values[at] += ", ";
    values[at] += unfold(field->value);
    seen[at] = true;
  }
  return values;
}

// address = "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")"
// A host of NIL marks a group, so a missing one is "".
void append_address(std::string& out, const AddressEntry& entry) {
  out += '(';
  switch (entry.kind) {
    case AddressEntry::Kind::kMailbox:
      append_nstring(out, entry.name);
      out += ' ';
      append_nstring(out, entry.route);
      out += ' ';
      append_string(out, entry.local);
      out += ' ';
      append_string(out, entry.domain);
      break;
    case AddressEntry::Kind::kGroupBegin:
      out += "NIL NIL ";
      append_string(out, entry.name);
      out += " NIL";
      break;
    case AddressEntry::Kind::kGroupEnd: out += "NIL NIL NIL NIL"; break;
  }
  out += ')';
}

std::string address_list(std::string_view value) {
  const std::vector<AddressEntry> entries = parse_address_entries(value);
  if (entries.empty()) return "NIL";
  std::string list = "(";
  for (const AddressEntry& entry : entries) append_address(list, entry);
  return list + ')';
}

}  // namespace

void append_nstring(std::string& out, std::string_view text) {
  text.empty() ? void(out += "NIL") : append_string(out, text);
}

// envelope = "(" env-date SP env-subject SP env-from SP env-sender SP env-reply-to SP env-to SP
//            env-cc SP env-bcc SP env-in-reply-to SP env-message-id ")"
void append_envelope(std::string& out, std::string_view header) {
  const EnvelopeValues values = read_values(header);
  const std::string from = address_list(values[kFrom]);
  out += '(';
  for (std::size_t field = 0; field < values.size(); ++field) {
    if (field != 0) out += ' ';
    if (field == kFrom) {
      out += from;
    } else if (is_address_field(field)) {
      // RFC 9051 §7.5.2: sender and reply-to default to from.
      const bool defaults = field == kSender || field == kReplyTo;
      const std::string list = address_list(values[field]);
      out += defaults && list == "NIL" ? from : list;
    } else {
      append_nstring(out, values[field]);
    }
  }
  out += ')';
}

}  // namespace mail
