#include "mail/content_type.hpp"

#include "mail/charset.hpp"
#include "mail/field_writer.hpp"
#include "tests/fuzz/targets.hpp"

void fuzz::content_type(std::string_view octets) {
  for (const auto& [name, value] : mail::parse_parameterized(octets).params) {
    check(mail::is_utf8(value));
    std::string field = "attachment";
    mail::append_parameter_line(field, "filename", value);
    const auto again = mail::parse_parameterized(field).params;
    check(again.size() == 1 && again[0].second == value);
  }
}
