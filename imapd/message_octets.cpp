#include "imapd/message_octets.hpp"

#include <algorithm>
#include <array>

#include "mail/ascii.hpp"
#include "mail/header.hpp"

namespace imapd {

namespace {

using Text = mail::Section::Text;

constexpr std::array<std::string_view, 6> kEncodings{"",       "7bit",   "8bit",
                                                     "binary", "base64", "quoted-printable"};

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
  return mailstore::read_content(account_, mailbox_, message_.uid, range.begin,
                                 range.end - range.begin);
}

Octets MessageOctets::section(const mail::Section& section) {
  return section.part.empty() ? of_message(section) : of_part(section);
}

Octets MessageOctets::of_message(const mail::Section& section) {
  OctetRange header{0, message_.header_size};
  if (section.text == Text::kAll) return OctetRange{0, message_.size};
  if (section.text == Text::kText) return OctetRange{header.end, message_.size};
  if (!is_filtered(section.text)) return header;
  auto text = read(header);
  if (!text) return NoOctets{};
  return filter_header(*text, section);
}

// HEADER and TEXT of a part are those of the message inside it (RFC 9051 §6.4.5.1).
Octets MessageOctets::of_part(const mail::Section& section) {
  const auto* part = find(section.part);
  if (!part) return NoOctets{};
  auto range = [](mail::Span span) { return OctetRange{span.begin, span.end}; };
  if (section.text == Text::kAll) return range(part->body);
  if (section.text == Text::kMime) return range(part->header);
  bool holds_message = part->type == "message" && part->children.size() == 1;
  if (!holds_message) return NoOctets{};
  const auto& inner = part->children.front();
  if (section.text == Text::kText) return range(inner.body);
  if (section.text == Text::kHeader) return range(inner.header);
  return filter_header(inner.header.in(whole()), section);
}

Octets MessageOctets::decoded(const std::vector<unsigned>& number) {
  if (number.empty()) return OctetRange{0, message_.size};
  const auto* part = find(number);
  if (!part) return NoOctets{};
  auto known = std::find(kEncodings.begin(), kEncodings.end(), part->encoding);
  if (known == kEncodings.end()) return UnknownEncoding{};
  return mail::decode_body(*part, whole());
}

const std::string& MessageOctets::whole() {
  if (!whole_) whole_ = read({0, message_.size}).value_or("");
  return *whole_;
}

const mail::Part* MessageOctets::find(const std::vector<unsigned>& part) {
  if (!root_) root_ = mail::scan_parts(whole());
  return mail::find_part(*root_, part);
}

}  // namespace imapd
