#include "mail/smtp_command.hpp"

#include "tests/fuzz/targets.hpp"

void fuzz::smtp_command(std::string_view octets) {
  const auto command = mail::smtp::parse_command(octets);
  if (!command) check(command.error().permanent());
  mail::smtp::from_xtext(octets);
  check(mail::smtp::from_xtext(mail::smtp::to_xtext(octets)) == octets);
}
