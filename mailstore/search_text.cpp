#include "mailstore/search_text.hpp"

#include <algorithm>

#include "mail/ascii.hpp"
#include "mail/header.hpp"
#include "mail/searchable.hpp"

namespace mailstore {

namespace {

bool contains(std::string_view text, std::string_view sought) {
  return text.find(sought) != std::string_view::npos;
}

bool field_matches(std::string_view field, std::string_view folded, std::string_view message) {
  for (const mail::HeaderField& each : mail::find_fields(message, field))
    if (contains(mail::casefold(mail::searchable_value(each)), folded)) return true;
  return false;
}

bool in_header(std::string_view folded, std::string_view message) {
  return contains(mail::casefold(mail::searchable_header(message)), folded);
}

bool in_body(std::string_view folded, std::string_view message) {
  return contains(mail::casefold(mail::searchable_body(message)), folded);
}

}  // namespace

std::string searchable_text(std::string_view message) {
  return mail::casefold(mail::searchable_header(message)) + "\n" +
         mail::casefold(mail::searchable_body(message));
}

std::optional<std::string> searchable_subjects(std::string_view message) {
  const std::vector<mail::HeaderField> fields = mail::find_fields(message, "subject");
  if (fields.empty()) return std::nullopt;
  std::string all;
  for (const mail::HeaderField& each : fields) {
    if (&each != &fields.front()) all += '\0';
    std::string subject = mail::casefold(mail::searchable_value(each));
    std::replace(subject.begin(), subject.end(), '\n', ' ');
    std::replace(subject.begin(), subject.end(), '\0', ' ');
    all += subject;
  }
  return all;
}

bool asks_for_subject(const mail::SearchKey& key) {
  return key.kind == mail::SearchKey::Kind::kHeader &&
         mail::same_ignoring_case(key.field, "subject");
}

bool text_matches(const mail::SearchKey& key, std::string_view folded, std::string_view message) {
  using Kind = mail::SearchKey::Kind;
  switch (key.kind) {
    case Kind::kHeader: return field_matches(key.field, folded, message);
    case Kind::kBody: return folded.empty() || in_body(folded, message);
    default: return folded.empty() || in_header(folded, message) || in_body(folded, message);
  }
}

}  // namespace mailstore
