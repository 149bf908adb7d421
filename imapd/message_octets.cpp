#include "imapd/message_octets.hpp"

#include <algorithm>
#include <array>

#include "mail/ascii.hpp"
#include "mail/header.hpp"
#include "mail/preview.hpp"
#include "mail/thread_number.hpp"
#include "mail/transfer_encoding.hpp"

namespace imapd {

namespace {

using Text = mail::Section::Text;

constexpr std::array<std::string_view, 6> kEncodings{"",       "7bit",   "8bit",
                                                     "binary", "base64", "quoted-printable"};

constexpr std::size_t kDecodedAtOnce = 64u << 10;

OctetRange range_of(mail::Span span) { return {span.begin, span.end}; }

bool is_filtered(Text text) {
  return text == Text::kHeaderFields || text == Text::kHeaderFieldsNot;
}

bool ends_with_empty_line(std::string_view header) {
  return header.ends_with("\r\n\r\n") || header.ends_with("\n\n") || header == "\r\n" ||
         header == "\n";
}

}  // namespace

OctetRange cut(const std::optional<mail::Partial>& partial, OctetRange range) {
  if (!partial) return range;
  auto size = range.end - range.begin;
  auto offset = std::min(partial->offset, size);
  auto length = std::min(partial->length, size - offset);
  return {range.begin + offset, range.begin + offset + length};
}

std::string_view cut(const std::optional<mail::Partial>& partial, std::string_view text) {
  auto range = cut(partial, OctetRange{0, text.size()});
  return text.substr(range.begin, range.end - range.begin);
}

std::string filter_header(std::string_view header, const mail::Section& section) {
  std::string result;
  bool wanted_if_named = section.text == Text::kHeaderFields;
  mail::HeaderReader reader(header);
  while (auto field = reader.next()) {
    bool named = std::any_of(section.fields.begin(), section.fields.end(), [&](const auto& name) {
      return mail::same_ignoring_case(name, field->name);
    });
    if (named == wanted_if_named) result += field->whole;
  }
  if (ends_with_empty_line(header)) result += "\r\n";
  return result;
}

std::optional<std::string> MessageOctets::read(OctetRange range) const {
  auto length = range.end - range.begin;
  if (whole_) return whole_->substr(range.begin, length);
  return mailstore::read_content(account_, mailbox_, message_.uid, range.begin, length);
}

std::string MessageOctets::preview() const {
  auto beginning = read({0, std::min<std::uint64_t>(message_.size, mail::kPreviewOctets)});
  return beginning ? mail::preview(*beginning) : std::string();
}

std::int64_t MessageOctets::thread() const {
  if (message_.thread != 0) return message_.thread;
  return mail::thread_number(read({0, message_.header_size}).value_or(""));
}

Octets MessageOctets::section(const mail::Section& section) {
  return section.part.empty() ? of_message(section) : of_part(section);
}

Octets MessageOctets::of_message(const mail::Section& section) {
  OctetRange header{0, message_.header_size};
  if (section.text == Text::kAll) return OctetRange{0, message_.size};
  if (section.text == Text::kText) return OctetRange{header.end, message_.size};
  return is_filtered(section.text) ? filtered(header, section) : header;
}

Octets MessageOctets::filtered(OctetRange header, const mail::Section& section) const {
  auto text = read(header);
  if (!text) return NoOctets{};
  return filter_header(*text, section);
}

// HEADER and TEXT of a part are those of the message inside it (RFC 9051 §6.4.5.1).
Octets MessageOctets::of_part(const mail::Section& section) {
  const auto* part = find(section.part);
  if (!part) return NoOctets{};
  if (section.text == Text::kAll) return range_of(part->body);
  if (section.text == Text::kMime) return range_of(part->header);
  bool holds_message = part->type == "message" && part->children.size() == 1;
  if (!holds_message) return NoOctets{};
  const auto& inner = part->children.front();
  if (section.text == Text::kText) return range_of(inner.body);
  if (section.text == Text::kHeader) return range_of(inner.header);
  return filtered(range_of(inner.header), section);
}

Octets MessageOctets::decoded(const std::vector<unsigned>& number) {
  if (number.empty()) return OctetRange{0, message_.size};
  const auto* part = find(number);
  if (!part) return NoOctets{};
  auto known = std::find(kEncodings.begin(), kEncodings.end(), part->encoding);
  if (known == kEncodings.end()) return UnknownEncoding{};
  if (part->encoding != "base64" && part->encoding != "quoted-printable") {
    return range_of(part->body);
  }
  return decoded_part(number, *part);
}

Octets MessageOctets::decoded_part(const std::vector<unsigned>& number, const mail::Part& part) {
  if (part.body.size() > kDecodedAtOnce) {
    auto known = parts_.decoded(message_.uid, number);
    if (known) return known;
    auto message = hold();
    if (!message) return NoOctets{};
    known = std::make_shared<const DecodedPart>(*message, part.body, part.encoding);
    parts_.keep_decoded(number, known);
    return known;
  }
  auto encoded = read(range_of(part.body));
  if (!encoded) return NoOctets{};
  return mail::decode_transfer(*encoded, part.encoding);
}

// Null: expunged meanwhile.
const mail::Part* MessageOctets::root() {
  if (const auto* scanned = parts_.of(message_.uid)) return scanned;
  if (!whole_) whole_ = read({0, message_.size});
  return whole_ ? &parts_.keep(message_.uid, mail::scan_parts(*whole_)) : nullptr;
}

const mail::Part* MessageOctets::find(const std::vector<unsigned>& part) {
  const auto* scanned = root();
  return scanned ? mail::find_part(*scanned, part) : nullptr;
}

}  // namespace imapd
