#include "mail/date.hpp"

#include "tests/fuzz/targets.hpp"

void fuzz::date(std::string_view octets) {
  mail::parse_search_date(octets);
  for (const auto& date : {mail::parse_date(octets), mail::parse_internal_date(octets)}) {
    if (!date || date->seconds < -62135596800 + 86400 * 5) continue;
    mail::render_search_date(mail::day_of(*date));
    if (date->seconds > 253402300799 - 86400 * 5) continue;
    check(mail::parse_date(mail::render_date(*date)) == date);
    check(mail::parse_internal_date(mail::render_internal_date(*date)) == date);
  }
}
