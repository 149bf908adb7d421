#include "mail/imap_listing.hpp"

#include <algorithm>

#include "mail/ascii.hpp"

namespace mail::imap {

namespace {

std::optional<std::string> read_name(const Node& node, NameForm form) {
  if (node.is_list()) return std::nullopt;
  // A mailbox may be called NIL: where a name stands it is one.
  auto name = decode_mailbox_name(node.is_nil() ? "NIL" : node.text, form);
  if (!name) return std::nullopt;
  return canonical_mailbox_name(std::move(*name));
}

void append_range(NumberRange range, std::size_t most, std::vector<std::uint32_t>& out) {
  if (range.first > range.last) std::swap(range.first, range.last);
  for (std::uint64_t n = range.first; n <= range.last && out.size() < most; ++n) {
    out.push_back(static_cast<std::uint32_t>(n));
  }
}

// esearch-response = "ESEARCH" [search-correlator] [SP "UID"] *(SP search-return-data)
std::vector<std::uint32_t> read_esearch(const std::vector<Node>& values, std::size_t most) {
  std::vector<std::uint32_t> out;
  for (std::size_t i = 0; i + 1 < values.size(); ++i) {
    if (!values[i].is("ALL")) continue;
    const auto set = SequenceSet::parse(values[i + 1].text);
    if (!set) continue;
    for (const NumberRange& range : set->ranges()) append_range(range, most, out);
  }
  return out;
}

}  // namespace

bool Mailbox::has(std::string_view attribute) const {
  return std::any_of(attributes.begin(), attributes.end(),
                     [&](const std::string& a) { return same_ignoring_case(a, attribute); });
}

// mailbox-list = "(" [mbx-list-flags] ")" SP (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox
std::optional<Mailbox> read_list(const Data& data, NameForm form) {
  if (data.keyword != "LIST" || data.values.size() < 3) return std::nullopt;
  auto name = read_name(data.values[2], form);
  if (!name) return std::nullopt;
  Mailbox mailbox{std::move(*name), data.values[1].text, {}};
  for (const Node& attribute : data.values[0].items) mailbox.attributes.push_back(attribute.text);
  return mailbox;
}

std::optional<std::uint64_t> MailboxStatus::item(std::string_view upper_case_name) const {
  for (const auto& [name, value] : items) {
    if (name == upper_case_name) return value;
  }
  return std::nullopt;
}

// "STATUS" SP mailbox SP "(" [status-att-list] ")"                            RFC 9051 §7.3.4
std::optional<MailboxStatus> read_status(const Data& data, NameForm form) {
  if (data.keyword != "STATUS" || data.values.size() < 2) return std::nullopt;
  auto name = read_name(data.values[0], form);
  if (!name) return std::nullopt;
  MailboxStatus status{std::move(*name), {}};
  const std::vector<Node>& items = data.values[1].items;
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
    std::string item = items[i].text;
    std::transform(item.begin(), item.end(), item.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    if (const auto value = items[i + 1].number()) status.items.emplace_back(item, *value);
  }
  return status;
}

// "NAMESPACE" SP namespace SP namespace SP namespace                          RFC 9051 §7.3.5
// * NAMESPACE (("INBOX." ".")) NIL NIL
std::optional<Namespace> read_namespace(const Data& data, NameForm form) {
  if (data.keyword != "NAMESPACE" || data.values.empty()) return std::nullopt;
  if (data.values[0].items.empty() || data.values[0].items[0].items.size() < 2) {
    return Namespace{};
  }
  const std::vector<Node>& first = data.values[0].items[0].items;
  return Namespace{decode_mailbox_name(first[0].text, form).value_or(""), first[1].text};
}

// "SEARCH" *(SP nz-number)                                                    RFC 3501 §7.2.5
std::optional<std::vector<std::uint32_t>> read_search(const Data& data, std::size_t most) {
  std::vector<std::uint32_t> out;
  if (data.keyword == "ESEARCH") {
    out = read_esearch(data.values, most);
  } else if (data.keyword == "SEARCH") {
    for (const Node& value : data.values) {
      const auto number = value.nz_number();
      if (number && out.size() < most) out.push_back(*number);
    }
  } else {
    return std::nullopt;
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace mail::imap
