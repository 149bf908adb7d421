#include "mua/memory_mail.hpp"

#include <utility>

namespace mua {

using mail::imap::BodyPart;

namespace {

std::string below(const std::string& number, std::size_t child) {
  return (number.empty() ? "" : number + ".") + std::to_string(child);
}

}  // namespace

MemoryMail::MemoryMail(std::string octets) : octets_(std::move(octets)) {
  read_message(mail::scan_parts(octets_), "", structure_);
}

/// A message of one part has its part 1 (RFC 9051 §6.4.5.1).
void MemoryMail::read_message(const mail::Part& part, const std::string& prefix,
                              BodyPart& structure) {
  places_[(prefix.empty() ? "" : prefix + ".") + "HEADER"] = part.header;
  structure = read(part, part.type == "multipart" ? prefix : below(prefix, 1));
}

BodyPart MemoryMail::read(const mail::Part& part, const std::string& number) {
  BodyPart out;
  out.number = number;
  out.type = part.type;
  out.subtype = part.subtype;
  out.parameters = part.params;
  out.id = part.id;
  out.description = part.description;
  out.encoding = part.encoding;
  out.size = part.body.size();
  out.disposition = part.disposition;
  out.disposition_parameters = part.disposition_params;
  places_[number] = part.body;
  if (part.type == "message" && !part.children.empty()) {
    out.children.emplace_back();
    read_message(part.children.front(), number, out.children.back());
    return out;
  }
  for (std::size_t i = 0; i < part.children.size(); ++i) {
    out.children.push_back(read(part.children[i], below(number, i + 1)));
  }
  return out;
}

std::optional<std::string> MemoryMail::octets(const std::string& number) const {
  const auto found = places_.find(number);
  if (found == places_.end()) return std::nullopt;
  return std::string(found->second.in(octets_));
}

}  // namespace mua
