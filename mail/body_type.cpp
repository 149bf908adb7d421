#include "mail/body_type.hpp"

#include <algorithm>

#include "mail/ascii.hpp"

namespace mail {

namespace {

/// A line without its CRLF.
BodyType type_of_line(std::string_view line) {
  BodyType type = BodyType::k7Bit;
  for (const char c : line) {
    if (c == '\0' || c == '\r' || c == '\n') return BodyType::kBinaryMime;
    if (is_8bit(c)) type = BodyType::k8BitMime;
  }
  return type;
}

}  // namespace

BodyType body_type(std::string_view content) {
  BodyType type = BodyType::k7Bit;
  while (!content.empty()) {
    const std::size_t end = std::min(content.find("\r\n"), content.size());
    if (end > kMaxTextLine) return BodyType::kBinaryMime;
    type = std::max(type, type_of_line(content.substr(0, end)));
    if (type == BodyType::kBinaryMime) return type;
    content.remove_prefix(std::min(end + 2, content.size()));
  }
  return type;
}

}  // namespace mail
