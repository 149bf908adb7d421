#include "mail/description.hpp"

#include <algorithm>

#include "mail/ascii.hpp"
#include "mail/content_type.hpp"
#include "mail/date.hpp"
#include "mail/envelope.hpp"
#include "mail/header.hpp"
#include "mail/imap_response.hpp"
#include "mail/part_scanner.hpp"
#include "mail/thread_number.hpp"

namespace mail {
namespace {

enum class Extension { kNone, kIncluded };

// RFC 2231 §4: what is no ASCII goes as name*=utf-8''%ED%8C..., which every client can take.
void append_parameter(std::string& out, const std::string& name, const std::string& value) {
  if (is_ascii(value)) {
    append_string(out, name);
    out += ' ';
    return append_string(out, value);
  }
  append_string(out, name + '*');
  out += ' ';
  append_string(out, to_extended_value(value));
}

// body-fld-param = "(" string SP string *(SP string SP string) ")" / nil
void append_params(std::string& out, const Parameters& params) {
  if (params.empty()) {
    out += "NIL";
    return;
  }
  char before = '(';
  for (const auto& [name, value] : params) {
    out += before;
    append_parameter(out, name, value);
    before = ' ';
  }
  out += ')';
}

// body-fld-dsp = "(" string SP body-fld-param ")" / nil
void append_disposition(std::string& out, const Part& part) {
  if (part.disposition.empty()) {
    out += "NIL";
    return;
  }
  out += '(';
  append_string(out, part.disposition);
  out += ' ';
  append_params(out, part.disposition_params);
  out += ')';
}

// body-fld-lang = nstring / "(" string *(SP string) ")"
void append_language(std::string& out, std::string_view value) {
  if (value.empty()) {
    out += "NIL";
    return;
  }
  char before = '(';
  while (!value.empty()) {
    const std::size_t comma = std::min(value.find(','), value.size());
    out += before;
    append_string(out, trim(value.substr(0, comma)));
    before = ' ';
    value.remove_prefix(std::min(comma + 1, value.size()));
  }
  out += ')';
}

void append_disposition_language_location(std::string& out, const Part& part) {
  out += ' ';
  append_disposition(out, part);
  out += ' ';
  append_language(out, part.language);
  out += ' ';
  append_nstring(out, part.location);
}

/// Renders BODY or BODYSTRUCTURE of one message.
class StructureWriter {
 public:
  StructureWriter(std::string_view message, Extension extension)
      : message_(message), extension_(extension) {}

  // body = "(" (body-type-1part / body-type-mpart) ")"
  void append(std::string& out, const Part& part) const {
    out += '(';
    part.type == "multipart" ? append_multipart(out, part) : append_single(out, part);
    out += ')';
  }

 private:
  // body-type-mpart = 1*body SP media-subtype [SP body-ext-mpart]
  void append_multipart(std::string& out, const Part& part) const {
    for (const Part& child : part.children) append(out, child);
    out += ' ';
    append_string(out, part.subtype);
    if (extension_ == Extension::kNone) return;
    out += ' ';
    append_params(out, part.params);
    append_disposition_language_location(out, part);
  }

  // body-type-1part = (body-type-basic / body-type-msg / body-type-text) [SP body-ext-1part]
  void append_single(std::string& out, const Part& part) const {
    append_string(out, part.type);
    out += ' ';
    append_string(out, part.subtype);
    out += ' ';
    append_fields(out, part);
    const bool wraps_message = part.type == "message" && part.children.size() == 1;
    if (wraps_message) {
      out += ' ';
      append_envelope(out, part.children.front().header.in(message_));
      out += ' ';
      append(out, part.children.front());
    }
    if (wraps_message || part.type == "text") append_number(out += ' ', part.lines);
    if (extension_ == Extension::kNone) return;
    out += ' ';
    append_nstring(out, part.md5);
    append_disposition_language_location(out, part);
  }

  // body-fields = body-fld-param SP body-fld-id SP body-fld-desc SP body-fld-enc SP body-fld-octets
  static void append_fields(std::string& out, const Part& part) {
    // RFC 2045 §5.2's default, said aloud where the message says nothing.
    if (part.type == "text" && part.params.empty()) {
      out += "(\"charset\" \"us-ascii\")";
    } else {
      append_params(out, part.params);
    }
    out += ' ';
    append_nstring(out, part.id);
    out += ' ';
    append_nstring(out, part.description);
    out += ' ';
    append_string(out, part.encoding);
    append_number(out += ' ', part.body.size());
  }

  std::string_view message_;
  Extension extension_;
};

std::string render(std::string_view message, const Part& root, Extension extension) {
  std::string out;
  out.reserve(256);
  StructureWriter(message, extension).append(out, root);
  return out;
}

// msg-id = "<" id-left "@" id-right ">"; what has no brackets is taken as it stands.
std::string without_brackets(std::string id) {
  const std::size_t begin = id.find('<');
  const std::size_t end = id.find('>', begin == std::string::npos ? 0 : begin);
  if (begin == std::string::npos || end == std::string::npos) return id;
  return id.substr(begin + 1, end - begin - 1);
}

}  // namespace

Description describe(std::string_view message) {
  const Part root = scan_parts(message);
  const std::string_view header = root.header.in(message);
  Description description;
  description.envelope.reserve(512);
  append_envelope(description.envelope, header);
  description.body = render(message, root, Extension::kNone);
  description.body_structure = render(message, root, Extension::kIncluded);
  description.header_size = static_cast<std::uint32_t>(root.header.size());
  if (const auto date = parse_date(field_value(header, "date"))) {
    description.sent_at = date->seconds;
    description.sent_zone_minutes = date->zone_minutes;
  }
  description.message_id = without_brackets(field_value(header, "message-id"));
  description.thread = thread_number(header);
  return description;
}

}  // namespace mail
