#include "mail/address_list.hpp"

#include "mail/address.hpp"
#include "mail/charset.hpp"
#include "mail/field_writer.hpp"
#include "mail/header.hpp"
#include "tests/fuzz/targets.hpp"

void fuzz::address_list(std::string_view octets) {
  mail::parse_address_entries(octets);
  const auto list = mail::parse_address_list(octets);
  for (const auto& [name, address] : list) {
    check(mail::is_utf8(name) && mail::is_utf8(address.local) && mail::is_utf8(address.domain));
  }
  std::string field;
  mail::append_address_field(field, "To", list);
  check(mail::header_size(field) == field.size());
  mail::HeaderReader reader(field);
  check(reader.next().has_value() == !list.empty() && !reader.next());
}
