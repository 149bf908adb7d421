#include "mail/downgrade.hpp"

#include "mail/part_scanner.hpp"
#include "tests/fuzz/targets.hpp"

namespace {

bool is_message(const mail::Part& part) { return part.type == "message"; }

/// Every part has the octets it had.
void compare(const mail::Part& before, std::string_view from, const mail::Part& after,
             std::string_view to) {
  // A message that was encoded whole is no tree any more.
  if (is_message(before) && before.subtype == "global") return;
  fuzz::check(before.children.size() == after.children.size());
  for (std::size_t i = 0; i < before.children.size(); ++i) {
    compare(before.children[i], from, after.children[i], to);
  }
  if (!before.children.empty()) return;
  fuzz::check(mail::decode_body(before, from) == mail::decode_body(after, to));
}

}  // namespace

// What is converted is fit for whom it was converted for, and says what it said.
void fuzz::downgrade(std::string_view octets) {
  for (const mail::BodyType most : {mail::BodyType::k7Bit, mail::BodyType::k8BitMime}) {
    const auto converted = mail::downgrade(octets, most);
    check(converted || !converted.error().empty());
    if (!converted) continue;
    check(mail::body_type(*converted) <= most);
    if (mail::body_type(octets) <= most) check(*converted == octets);
    compare(mail::scan_parts(octets), octets, mail::scan_parts(*converted), *converted);
  }
}
