#include "mail/mailbox_name.hpp"

#include "mail/charset.hpp"
#include "tests/fuzz/targets.hpp"

void fuzz::mailbox_name(std::string_view octets) {
  for (const auto form : {mail::NameForm::kModifiedUtf7, mail::NameForm::kUtf8}) {
    const auto name = mail::decode_mailbox_name(octets, form);
    if (!name) continue;
    check(mail::is_utf8(*name));
    check(mail::decode_mailbox_name(mail::encode_mailbox_name(*name, form), form) == name);
  }
}
