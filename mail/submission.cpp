#include "mail/submission.hpp"

#include <array>

#include "mail/header.hpp"

namespace mail {
namespace {

constexpr std::array<std::string_view, 2> kBlindFields{"bcc", "resent-bcc"};

bool is_blind(const HeaderField& field) {
  return field.is(kBlindFields[0]) || field.is(kBlindFields[1]);
}

// Text without any header: its first line is none of a header, and not mbox's "From " either.
bool starts_with_body(std::string_view text) {
  const auto first = HeaderReader(text).next();
  return first && first->name.empty() && !first->whole.starts_with("From ");
}

std::string missing_fields(std::string_view header, DateTime now, std::string_view message_id) {
  std::string fields;
  if (!find_field(header, "date")) fields += "Date: " + render_date(now) + "\r\n";
  if (!find_field(header, "message-id")) {
    fields += "Message-ID: " + std::string(message_id) + "\r\n";
  }
  return fields;
}

}  // namespace

std::string complete_header(std::string_view header, DateTime now, std::string_view message_id) {
  header = header.substr(0, header_size(header));
  if (starts_with_body(header)) {
    return missing_fields({}, now, message_id) + "\r\n" + std::string(header);
  }
  std::string completed;
  completed.reserve(header.size() + 128);
  HeaderReader reader(header);
  std::size_t fields_end = 0;
  while (const auto field = reader.next()) {
    if (!is_blind(*field)) completed += field->whole;
    fields_end += field->whole.size();
  }
  if (!completed.empty() && !completed.ends_with('\n')) completed += "\r\n";
  completed += missing_fields(header, now, message_id);
  completed += header.substr(fields_end);
  return completed;
}

}  // namespace mail
