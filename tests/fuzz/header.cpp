#include "mail/header.hpp"

#include "mail/submission.hpp"
#include "tests/fuzz/targets.hpp"

void fuzz::header(std::string_view octets) {
  mail::HeaderReader reader(octets);
  std::size_t fields = 0;
  while (const auto field = reader.next()) fields += field->whole.size();
  const std::size_t size = mail::header_size(octets);
  check(reader.position() == size && size - fields <= 2);

  const std::string completed = mail::complete_header(octets, {}, "<id@x>");
  check(mail::header_size(completed) <= completed.size());
  check(mail::find_field(completed, "date") && mail::find_field(completed, "message-id"));
  check(!mail::find_field(completed, "bcc"));
}
