#include "mua/safe_name.hpp"

#include "mail/charset.hpp"
#include "mua/printable.hpp"

namespace mua {

namespace {

constexpr std::size_t kMaxName = 200;  // file systems take 255; a number may be added

/// Where the extension begins; the end when there is none worth keeping.
std::size_t extension_at(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 || name.size() - dot > 20 ? name.size() : dot;
}

/// At most `octets` of the front, characters whole.
std::string_view front(std::string_view utf8, std::size_t octets) {
  if (utf8.size() <= octets) return utf8;
  while (octets > 0 && (static_cast<unsigned char>(utf8[octets]) & 0xC0) == 0x80) --octets;
  return utf8.substr(0, octets);
}

}  // namespace

std::string safe_name(std::string_view name, std::string_view fallback) {
  const std::string text = printable(mail::repair_utf8(name));
  std::string_view last = text;
  if (const auto slash = last.find_last_of("/\\"); slash != std::string_view::npos) {
    last.remove_prefix(slash + 1);
  }
  while (!last.empty() && (last.front() == '.' || last.front() == ' ')) last.remove_prefix(1);
  while (!last.empty() && (last.back() == '.' || last.back() == ' ')) last.remove_suffix(1);
  if (last.empty()) return std::string(fallback);
  const std::size_t extension = extension_at(last);
  const std::size_t room = kMaxName - (last.size() - extension);
  return std::string(front(last.substr(0, extension), room)) + std::string(last.substr(extension));
}

std::string numbered_name(std::string_view name, unsigned number) {
  const std::size_t extension = extension_at(name);
  return std::string(name.substr(0, extension)) + "-" + std::to_string(number) +
         std::string(name.substr(extension));
}

}  // namespace mua
