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

BodyType body_type(const PieceSource& content) {
  BodyType type = BodyType::k7Bit;
  std::string held;  // whole lines are looked at, a begun one waits for its end
  const PieceReader read = content.open();
  for (std::string piece = read(); !piece.empty(); piece = read()) {
    held += piece;
    const std::size_t end = held.rfind("\r\n");
    if (end == std::string::npos) {
      if (held.size() > kMaxTextLine + 1) return BodyType::kBinaryMime;
      continue;
    }
    type = std::max(type, body_type(std::string_view(held).substr(0, end + 2)));
    if (type == BodyType::kBinaryMime) return type;
    held.erase(0, end + 2);
  }
  return std::max(type, body_type(held));
}

}  // namespace mail
