#include "mail/sort_facts.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <new>
#include <utility>

#include "mail/address_list.hpp"
#include "mail/base_subject.hpp"
#include "mail/casemap.hpp"
#include "mail/date.hpp"
#include "mail/encoded_word.hpp"
#include "mail/header.hpp"
#include "mail/message_ids.hpp"

namespace mail {
namespace {

constexpr std::size_t kDigestOctets = 32;
// Nobody reads on in a list of recipients: the first of them counts.
constexpr std::size_t kAddressOctets = 8u << 10;
constexpr std::size_t kMostIdsRead = 10'000;

std::string digest(std::string_view text) {
  std::array<unsigned char, kDigestOctets> octets{};
  if (EVP_Digest(text.data(), text.size(), octets.data(), nullptr, EVP_sha256(), nullptr) != 1)
    throw std::bad_alloc();
  return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

std::string sort_text(std::string_view utf8) { return bounded_sort_text(casemap(utf8)); }

AddressEntry first_address(std::string_view value) {
  auto entries = parse_address_entries(value.substr(0, kAddressOctets));
  return entries.empty() ? AddressEntry{} : std::move(entries.front());
}

/// ENVELOPE's addr-mailbox: of a group its name.
std::string mailbox_of(const AddressEntry& address) {
  return sort_text(address.kind == AddressEntry::Kind::kGroupBegin ? address.name : address.local);
}

// RFC 5957 §3: the display name, decoded; else the address; of a group its name.
std::string display_of(const AddressEntry& address) {
  std::string name = decode_words(address.name);
  const bool blank = name.find_first_not_of(" \t") == std::string::npos;
  if (!blank || address.kind != AddressEntry::Kind::kMailbox) return sort_text(name);
  if (address.domain.empty()) return sort_text(address.local);
  return sort_text(address.local + "@" + address.domain);
}

// RFC 5256 §3: the ids of References; without any, the first of In-Reply-To.
std::vector<std::string> references_of(std::string_view references, std::string_view in_reply_to) {
  auto ids = message_ids(references, kMostIdsRead);
  if (ids.empty()) ids = message_ids(in_reply_to, 1);
  if (ids.size() > kMostReferences)
    ids.erase(ids.begin(), ids.end() - static_cast<std::ptrdiff_t>(kMostReferences));
  return ids;
}

/// The fields that count, unfolded. Where one is repeated the first counts, as in ENVELOPE.
namespace fact {
enum Field { kDate, kSubject, kFrom, kTo, kCc, kMessageId, kInReplyTo, kReferences };
}
constexpr std::array<std::string_view, 8> kFactNames{
    "date", "subject", "from", "to", "cc", "message-id", "in-reply-to", "references"};
using Values = std::array<std::string, kFactNames.size()>;

Values read_fact_values(std::string_view header) {
  Values values;
  HeaderReader reader(header);
  while (const auto field = reader.next()) {
    const auto name = std::find_if(kFactNames.begin(), kFactNames.end(),
                                   [&](std::string_view known) { return field->is(known); });
    if (name == kFactNames.end()) continue;
    std::string& value = values[static_cast<std::size_t>(name - kFactNames.begin())];
    if (value.empty()) value = unfold(field->value);
  }
  return values;
}

}  // namespace

std::string bounded_sort_text(std::string text) {
  if (text.size() <= kLongestSortText) return text;
  const std::string all = digest(text);
  text.resize(kLongestSortText - all.size());
  return text + all;
}

SortFacts sort_facts(std::string_view header) {
  const Values values = read_fact_values(header);
  SortFacts facts;
  if (const auto date = parse_date(values[fact::kDate])) facts.sent_at = date->seconds;
  const BaseSubject subject = base_subject(decode_words(values[fact::kSubject]));
  facts.subject = sort_text(subject.text);
  facts.is_reply = subject.is_reply;
  const AddressEntry from = first_address(values[fact::kFrom]),
                     to = first_address(values[fact::kTo]);
  facts.from = mailbox_of(from);
  facts.to = mailbox_of(to);
  facts.cc = mailbox_of(first_address(values[fact::kCc]));
  facts.display_from = display_of(from);
  facts.display_to = display_of(to);
  const auto ids = message_ids(values[fact::kMessageId], 1);
  if (!ids.empty()) facts.message_id = ids.front();
  facts.references = references_of(values[fact::kReferences], values[fact::kInReplyTo]);
  return facts;
}

}  // namespace mail
