#include "mail/base_subject.hpp"

#include "mail/casemap.hpp"
#include "mail/charset.hpp"
#include "mail/encoded_word.hpp"
#include "tests/fuzz/targets.hpp"

// RFC 5256 §2.1: what is left has nothing more to take off.
void fuzz::base_subject(std::string_view octets) {
  const std::string decoded = mail::decode_words(octets);
  const mail::BaseSubject base = mail::base_subject(decoded);
  check(mail::is_utf8(base.text));
  check(base.text.size() <= decoded.size());
  check(mail::base_subject(base.text) == mail::BaseSubject{base.text, false});
  check(mail::is_utf8(mail::casemap(base.text)));
}
