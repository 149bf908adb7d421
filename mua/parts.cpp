#include "mua/parts.hpp"

#include <algorithm>

#include "mail/charset.hpp"
#include "mail/content_type.hpp"
#include "mail/transfer_encoding.hpp"
#include "mua/html_text.hpp"
#include "mua/printable.hpp"
#include "mua/safe_name.hpp"

namespace mua {

namespace {

using mail::imap::BodyPart;

bool is_text(const BodyPart& part) {
  return part.type == "text" && (part.subtype == "plain" || part.subtype == "html") &&
         part.disposition != "attachment" && part.file_name().empty();
}

/// Whether a plain text or HTML to read is in `part`.
bool holds(const BodyPart& part, std::string_view subtype) {
  if (is_text(part)) return part.subtype == subtype;
  return part.type == "multipart" &&
         std::any_of(part.children.begin(), part.children.end(),
                     [&](const BodyPart& child) { return holds(child, subtype); });
}

std::string name_of(const BodyPart& part, std::size_t number) {
  std::string fallback = "part-" + std::to_string(number);
  if (part.type == "message" && part.subtype == "rfc822") fallback += ".eml";
  if (part.type == "text") fallback += part.subtype == "html" ? ".html" : ".txt";
  return safe_name(part.file_name(), fallback);
}

void add(const BodyPart& part, Reading& reading);

void add_alternative(const BodyPart& part, Reading& reading) {
  for (const char* wanted : {"plain", "html"}) {
    const auto chosen = std::find_if(part.children.begin(), part.children.end(),
                                     [&](const BodyPart& child) { return holds(child, wanted); });
    if (chosen == part.children.end()) continue;
    add(*chosen, reading);
    // Pictures and invitations may hang on the version that isn't read.
    for (const BodyPart& other : part.children) {
      if (&other != &*chosen && !is_text(other)) {
        Reading rest;
        add(other, rest);
        std::move(rest.attachments.begin(), rest.attachments.end(),
                  std::back_inserter(reading.attachments));
      }
    }
    return;
  }
  for (const BodyPart& child : part.children) add(child, reading);
}

void add(const BodyPart& part, Reading& reading) {
  if (part.type == "multipart") {
    if (part.subtype == "alternative") return add_alternative(part, reading);
    for (const BodyPart& child : part.children) add(child, reading);
  } else if (is_text(part)) {
    reading.texts.push_back(&part);
  } else {
    reading.attachments.push_back({&part, name_of(part, reading.attachments.size() + 1)});
  }
}

}  // namespace

Reading plan_reading(const BodyPart& structure) {
  Reading reading;
  add(structure, reading);
  return reading;
}

std::string part_octets(const BodyPart& part, const std::string& octets) {
  return mail::decode_transfer(octets, part.encoding);
}

std::string part_text(const BodyPart& part, const std::string& octets) {
  std::string text =
      mail::to_utf8(part_octets(part, octets), mail::parameter(part.parameters, "charset"));
  if (part.subtype == "html") text = html_to_text(text);
  std::erase(text, '\r');
  return printable_lines(text);
}

}  // namespace mua
