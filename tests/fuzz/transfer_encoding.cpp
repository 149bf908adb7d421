#include "mail/transfer_encoding.hpp"

#include "mail/attached_file.hpp"
#include "mail/base64.hpp"
#include "mail/body_writer.hpp"
#include "mail/charset.hpp"
#include "mail/part_scanner.hpp"
#include "tests/fuzz/targets.hpp"

void fuzz::transfer_encoding(std::string_view octets) {
  mail::decode_quoted_printable(octets);
  mail::decode_base64_body(octets);
  check(mail::decode_base64_body(mail::encode_base64_body(octets)) == octets);
  check(mail::decode_quoted_printable(mail::encode_quoted_printable(octets)) == octets);
  check(mail::base64_decode(mail::base64_encode(octets)) == octets);
  if (const auto strict = mail::base64_decode(octets))
    check(mail::base64_encode(*strict) == octets);
  for (const char* encoding : {"base64", "quoted-printable"}) {
    const std::size_t whole = mail::decodable_prefix(octets, encoding);
    check(mail::decode_transfer(octets.substr(0, whole), encoding) +
              mail::decode_transfer(octets.substr(whole), encoding) ==
          mail::decode_transfer(octets, encoding));
  }
  const mail::Attachment attachment{"x.bin", "", std::string(octets)};
  const mail::AttachedFile file(attachment, "boundary");
  std::string part = mail::render(file.part());
  file.write([&](std::string_view piece) { part += piece; });
  check(mail::decode_body(mail::scan_parts(part), part) == octets);
  for (const char* charset : {"", "euc-kr", "iso-2022-jp", "utf-7", "hz-gb-2312"}) {
    check(mail::is_utf8(mail::to_utf8(octets, charset)));
  }
}
