#include "sendmail/message.hpp"

#include <algorithm>
#include <array>

#include "mail/address_list.hpp"
#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/encoded_word.hpp"
#include "mail/field_writer.hpp"
#include "mail/header.hpp"

namespace sendmail {
namespace {

using mail::AddressEntry;

constexpr std::array<std::string_view, 10> kAddressFields{
    "from", "sender",      "reply-to",  "to",        "cc",
    "bcc",  "resent-from", "resent-to", "resent-cc", "resent-bcc"};

bool has_addresses(const mail::HeaderField& field) {
  return std::any_of(kAddressFields.begin(), kAddressFields.end(),
                     [&](std::string_view name) { return field.is(name); });
}

bool needs_no_change(const AddressEntry& entry) {
  return !entry.domain.empty() && mail::is_ascii(entry.name);
}

// A group is left as it was written: field_writer writes none.
std::string complete_addresses(const mail::HeaderField& field, const std::string& domain) {
  const auto entries = mail::parse_address_entries(field.value);
  const bool mailboxes = std::all_of(entries.begin(), entries.end(), [](const AddressEntry& entry) {
    return entry.kind == AddressEntry::Kind::kMailbox;
  });
  if (!mailboxes || std::all_of(entries.begin(), entries.end(), needs_no_change))
    return std::string(field.whole);
  std::vector<mail::NamedAddress> list;
  for (const AddressEntry& entry : entries)
    list.push_back({mail::decode_words(mail::guess_utf8(entry.name)),
                    {entry.local, entry.domain.empty() ? domain : entry.domain}});
  std::string line;
  mail::append_address_field(line, field.name, list);
  return line;
}

std::string complete_field(const mail::HeaderField& field, const std::string& domain) {
  if (has_addresses(field)) return complete_addresses(field, domain);
  if (!field.is("subject") || mail::is_ascii(field.value)) return std::string(field.whole);
  std::string line;
  mail::append_text_field(line, field.name, mail::guess_utf8(mail::unfold(field.value)));
  return line;
}

// RFC 2045 §4: without MIME-Version the text is US-ASCII, which 8-bit text is not.
std::string mime_fields(std::string_view header, std::string_view body) {
  if (mail::is_ascii(body) || mail::find_field(header, "mime-version")) return "";
  const std::string charset = mail::is_utf8(body) ? "utf-8" : "unknown-8bit";
  return "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=" + charset +
         "\r\nContent-Transfer-Encoding: 8bit\r\n";
}

}  // namespace

std::string read_lines(std::istream& in, Options::Dot dot) {
  std::string lines;
  for (std::string line; std::getline(in, line);) {
    if (line.ends_with('\r')) line.pop_back();
    if (line == "." && dot == Options::Dot::kEnds) break;
    for (std::size_t cr; (cr = line.find('\r')) != std::string::npos; line.erase(0, cr + 1))
      lines.append(line, 0, cr) += "\r\n";
    lines += line + "\r\n";
  }
  return lines;
}

std::string complete(std::string_view lines, const mail::NamedAddress& author,
                     const std::string& domain) {
  if (lines.starts_with("From ") || lines.starts_with(">From "))
    lines.remove_prefix(lines.find('\n') + 1);
  std::string header;
  std::size_t end = 0;
  for (mail::HeaderReader reader(lines); const auto field = reader.next();) {
    if (field->name.empty()) break;
    header += complete_field(*field, domain);
    end += field->whole.size();
  }
  std::string_view body = lines.substr(end);
  if (body.starts_with("\r\n")) body.remove_prefix(2);
  if (!mail::find_field(header, "from")) mail::append_address_field(header, "From", {author});
  header += mime_fields(header, body);
  return header.append("\r\n").append(body);
}

}  // namespace sendmail
