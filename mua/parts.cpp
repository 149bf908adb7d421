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

// An invitation is a few KB; whole calendars are files.
constexpr std::uint64_t kLargestCalendar = 256u << 10;

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
  if (part.type == "text" && part.subtype == "calendar")
    fallback += ".ics";
  else if (part.type == "text")
    fallback += part.subtype == "html" ? ".html" : ".txt";
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

bool is_signature(const BodyPart& part) {
  return part.type == "application" &&
         (part.subtype == "pgp-signature" || part.subtype == "pkcs7-signature" ||
          part.subtype == "x-pkcs7-signature" || part.subtype == "pgp-encrypted");
}

void add(const BodyPart& part, Reading& reading) {
  if (part.type == "multipart") {
    if (part.subtype == "alternative") return add_alternative(part, reading);
    const bool sealed = part.subtype == "signed" || part.subtype == "encrypted";
    for (const BodyPart& child : part.children) {
      if (!sealed || !is_signature(child)) add(child, reading);
    }
  } else if (is_text(part)) {
    reading.texts.push_back(&part);
  } else {
    reading.attachments.push_back({&part, name_of(part, reading.attachments.size() + 1)});
  }
}

}  // namespace

std::vector<const BodyPart*> Reading::needed() const {
  std::vector<const BodyPart*> out = texts;
  if (calendar) out.push_back(calendar);
  return out;
}

Reading plan_reading(const BodyPart& structure) {
  Reading reading;
  add(structure, reading);
  for (const char* subtype : {"calendar", "ics"}) {
    for (const AttachedPart& attached : reading.attachments) {
      const BodyPart& part = *attached.part;
      const bool is_it = part.subtype == subtype && part.size <= kLargestCalendar;
      if (!reading.calendar && is_it) reading.calendar = &part;
    }
  }
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
