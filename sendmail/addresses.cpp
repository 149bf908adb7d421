#include "sendmail/addresses.hpp"

#include <algorithm>
#include <array>

#include "mail/address_list.hpp"
#include "mail/ascii.hpp"
#include "mail/header.hpp"

namespace sendmail {
namespace {

using Addresses = mail::Result<std::vector<mail::Address>, std::string>;

Addresses addresses_of(std::string_view header, const std::array<std::string_view, 3>& fields,
                       const std::string& domain) {
  std::vector<mail::Address> all;
  for (const std::string_view name : fields) {
    for (const mail::HeaderField& field : mail::find_fields(header, name)) {
      const Addresses some = read_addresses(field.value, domain);
      if (!some) return some;
      add_once(all, *some);
    }
  }
  return all;
}

}  // namespace

Addresses read_addresses(std::string_view list, const std::string& domain) {
  std::vector<mail::Address> addresses;
  for (const mail::AddressEntry& entry : mail::parse_address_entries(list)) {
    if (entry.kind != mail::AddressEntry::Kind::kMailbox) continue;
    const mail::Address address{entry.local, entry.domain.empty() ? domain : entry.domain};
    // What reads back is what a RCPT line can say.
    if (mail::parse_address(address.to_string()) != address)
      return mail::unexpected(address.to_string());
    addresses.push_back(address);
  }
  return addresses;
}

mail::Result<mail::Address, std::string> read_sender(std::string_view text,
                                                     const std::string& domain) {
  if (mail::trim(text).empty() || mail::trim(text) == "<>") return mail::Address{};
  const Addresses read = read_addresses(text, domain);
  if (!read || read->size() != 1) return mail::unexpected(std::string(text));
  return read->front();
}

Addresses header_recipients(std::string_view message, const std::string& domain) {
  const std::string_view header = message.substr(0, mail::header_size(message));
  const Addresses resent = addresses_of(header, {"resent-to", "resent-cc", "resent-bcc"}, domain);
  if (!resent || !resent->empty()) return resent;
  return addresses_of(header, {"to", "cc", "bcc"}, domain);
}

void add_once(std::vector<mail::Address>& to, const std::vector<mail::Address>& more) {
  for (const mail::Address& address : more)
    if (std::find(to.begin(), to.end(), address) == to.end()) to.push_back(address);
}

}  // namespace sendmail
