#include "mail/searchable.hpp"

#include "mail/ascii.hpp"
#include "mail/encoded_word.hpp"
#include "mail/header.hpp"
#include "mail/part_scanner.hpp"

namespace mail {
namespace {

void append_header(std::string& text, std::string_view header) {
  HeaderReader reader(header);
  while (const auto field = reader.next()) {
    if (!field->name.empty()) text += ascii_lower(field->name) + ": ";
    text += decode_words(unfold(field->value));
    text += '\n';
  }
}

void append_body(std::string& text, const Part& part, std::string_view message) {
  if (part.children.empty()) {
    if (part.type == "text") text += decode_text(part, message) + '\n';
    return;
  }
  const bool wraps_message = part.type == "message";
  for (const Part& child : part.children) {
    if (wraps_message) append_header(text, child.header.in(message));
    append_body(text, child, message);
  }
}

}  // namespace

std::string searchable_header(std::string_view message) {
  std::string text;
  append_header(text, message);
  return text;
}

std::string searchable_body(std::string_view message) {
  std::string text;
  append_body(text, scan_parts(message), message);
  return text;
}

}  // namespace mail
