#include "mail/searchable.hpp"

#include <algorithm>
#include <array>

#include "mail/address_list.hpp"
#include "mail/ascii.hpp"
#include "mail/encoded_word.hpp"
#include "mail/part_scanner.hpp"

namespace mail {
namespace {

constexpr std::array<std::string_view, 6> kAddressFields{"from", "sender", "reply-to",
                                                         "to",   "cc",     "bcc"};

bool holds_addresses(const HeaderField& field) {
  return std::any_of(kAddressFields.begin(), kAddressFields.end(),
                     [&](std::string_view name) { return field.is(name); });
}

// Only these can part an address's text from the address.
bool may_hide_an_address(std::string_view value) {
  return value.find('@') != std::string_view::npos &&
         value.find_first_of("(\"\t") != std::string_view::npos;
}

void append_hidden_addresses(std::string& text, std::string_view value) {
  for (const AddressEntry& entry : parse_address_entries(value)) {
    if (entry.kind != AddressEntry::Kind::kMailbox) continue;
    const std::string address = entry.local + '@' + entry.domain;
    if (text.find(address) == std::string::npos) text += ' ' + address;
  }
}

void append_searchable_header(std::string& text, std::string_view header) {
  HeaderReader reader(header);
  while (const auto field = reader.next()) {
    if (!field->name.empty()) text += ascii_lower(field->name) + ": ";
    text += searchable_value(*field);
    text += '\n';
  }
}

void append_body(std::string& text, const Part& part, std::string_view message) {
  if (part.children.empty()) {
    if (part.type == "text") text += decode_text(part, message) + '\n';
    return;
  }
  const bool wraps_message = part.type == "message";
  for (const Part& child : part.children) {
    if (wraps_message) append_searchable_header(text, child.header.in(message));
    append_body(text, child, message);
  }
}

}  // namespace

std::string searchable_value(const HeaderField& field) {
  const std::string value = unfold(field.value);
  std::string text = decode_words(value);
  if (holds_addresses(field) && may_hide_an_address(value)) append_hidden_addresses(text, value);
  return text;
}

std::string searchable_header(std::string_view message) {
  std::string text;
  append_searchable_header(text, message);
  return text;
}

std::string searchable_body(std::string_view message) {
  std::string text;
  append_body(text, scan_parts(message), message);
  return text;
}

}  // namespace mail
