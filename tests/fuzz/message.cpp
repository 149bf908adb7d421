#include "mail/charset.hpp"
#include "mail/description.hpp"
#include "mail/markup_text.hpp"
#include "mail/part_scanner.hpp"
#include "mail/preview.hpp"
#include "mail/searchable.hpp"
#include "tests/fuzz/targets.hpp"

namespace {

void check_part(const mail::Part& part, std::string_view octets) {
  fuzz::check(part.header.begin <= part.header.end && part.header.end <= part.body.begin);
  fuzz::check(part.body.begin <= part.body.end && part.body.end <= octets.size());
  fuzz::check(part.lines <= part.body.size());
  std::size_t begin = part.body.begin;
  for (const mail::Part& child : part.children) {
    fuzz::check(child.header.begin >= begin && child.body.end <= part.body.end);
    check_part(child, octets);
    begin = child.body.end;
  }
}

// A parenthesised list of RFC 9051 §9's strings, numbers and NILs, and nothing after it.
void check_list(std::string_view text) {
  std::size_t depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    fuzz::check(depth > 0 || i == 0);
    if (text[i] == '"') {
      for (++i; text.at(i) != '"'; ++i) {
        fuzz::check(text[i] > 0 && text[i] != '\r' && text[i] != '\n');
        if (text[i] == '\\') ++i;
      }
    } else if (text[i] == '{') {
      std::size_t digits = 0;
      const std::size_t size = std::stoul(std::string(text.substr(i + 1)), &digits);
      fuzz::check(text.substr(i + 1 + digits, 3) == "}\r\n");
      fuzz::check(text.substr(i + digits + 4, size).find('\0') == std::string_view::npos);
      i += digits + 3 + size;
    } else if (text[i] == '(') {
      ++depth;
    } else if (text[i] == ')') {
      --depth;
    }
  }
  fuzz::check(depth == 0);
}

}  // namespace

void fuzz::message(std::string_view octets) {
  const mail::Part root = mail::scan_parts(octets);
  fuzz::check(root.header.begin == 0 && root.body.end == octets.size());
  check_part(root, octets);
  const mail::Description description = mail::describe(octets);
  check_list(description.envelope);
  check_list(description.body);
  check_list(description.body_structure);
  mail::casefold(mail::searchable_header(octets));
  const std::string preview = mail::preview(octets);
  fuzz::check(mail::is_utf8(preview) && preview.size() <= 4 * mail::kPreviewLength);
  fuzz::check(preview.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
  mail::markup_text(octets);
  mail::casefold(mail::searchable_body(octets));
}
