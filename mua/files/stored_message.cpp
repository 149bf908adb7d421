#include "mua/files/stored_message.hpp"

#include "mail/header.hpp"

namespace mua::files {

std::string identity_of(std::string_view header, std::uint64_t size) {
  std::string out = mail::field_value(header, "message-id");
  if (out.empty()) {
    for (const char* name : {"date", "from", "subject"}) {
      out += mail::field_value(header, name) + "\n";
    }
  }
  return out + " " + std::to_string(size);
}

std::string with_crlf(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 32);
  char before = 0;
  for (const char c : text) {
    if (c == '\n' && before != '\r') out += '\r';
    out += c;
    before = c;
  }
  return out;
}

std::string with_lf(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    out += text[i];
  }
  return out;
}

}  // namespace mua::files
