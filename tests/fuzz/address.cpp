#include "mail/address.hpp"

#include "tests/fuzz/targets.hpp"

void fuzz::address(std::string_view octets) {
  const auto address = mail::parse_address(octets);
  mail::domain_key(octets);
  mail::local_key(octets);
  if (!address) return;
  check(mail::parse_address(address->to_string()) == address);
  if (const auto key = mail::domain_key(address->domain)) check(mail::domain_key(*key) == key);
}
