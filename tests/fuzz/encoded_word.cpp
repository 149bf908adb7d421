#include "mail/encoded_word.hpp"

#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/field_writer.hpp"
#include "mail/header.hpp"
#include "mail/searchable.hpp"
#include "tests/fuzz/targets.hpp"

void fuzz::encoded_word(std::string_view octets) {
  const std::string decoded = mail::decode_words(octets);
  check(mail::is_utf8(decoded));
  check(mail::is_utf8(mail::casefold(octets)));
  std::string field;
  mail::append_text_field(field, "Subject", decoded);
  const std::string read = mail::decode_words(mail::field_value(field, "subject"));
  check(mail::trim(read) == mail::trim(mail::unfold(decoded)));
}
