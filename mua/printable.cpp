#include "mua/printable.hpp"

#include <utf8proc.h>

#include "mail/charset.hpp"

namespace mua {

namespace {

/// Calls `take(codepoint, octets)` for every character.
template <class Take>
void each_character(std::string_view utf8, Take take) {
  while (!utf8.empty()) {
    utf8proc_int32_t codepoint = 0;
    auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(utf8.data()),
                                 static_cast<utf8proc_ssize_t>(utf8.size()), &codepoint);
    if (size <= 0) {
      size = 1;
      codepoint = 0xFFFD;
    }
    if (!take(codepoint, utf8.substr(0, static_cast<std::size_t>(size)))) return;
    utf8.remove_prefix(static_cast<std::size_t>(size));
  }
}

bool is_unsafe(utf8proc_int32_t c) {
  const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
  const bool separator = c == 0x2028 || c == 0x2029;
  // "exe.gpj" shown as "jpg.exe" is an old trick.
  const bool direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
                         c == 0x200E || c == 0x200F || c == 0x061C;
  return control || separator || direction;
}

std::string clean(std::string_view text, std::string_view kept) {
  std::string out;
  const std::string repaired = mail::repair_utf8(text);
  each_character(repaired, [&](utf8proc_int32_t c, std::string_view octets) {
    const bool keep = c < 0x80 && kept.find(static_cast<char>(c)) != std::string_view::npos;
    out += !keep && is_unsafe(c) ? std::string_view(" ") : octets;
    return true;
  });
  return out;
}

std::size_t width_of(utf8proc_int32_t c) {
  const int width = utf8proc_charwidth(c);
  return width > 0 ? static_cast<std::size_t>(width) : 0;
}

}  // namespace

std::string printable(std::string_view text) { return clean(text, ""); }

std::string printable_lines(std::string_view text) { return clean(text, "\n\t"); }

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  each_character(utf8, [&](utf8proc_int32_t c, std::string_view) {
    width += width_of(c);
    return true;
  });
  return width;
}

std::string cut_to_width(std::string_view utf8, std::size_t columns) {
  if (display_width(utf8) <= columns) return std::string(utf8);
  if (columns == 0) return "";
  std::string out;
  std::size_t width = 0;
  each_character(utf8, [&](utf8proc_int32_t c, std::string_view octets) {
    width += width_of(c);
    if (width > columns - 1) return false;
    out += octets;
    return true;
  });
  return out + "…";
}

std::string fit_to_width(std::string_view utf8, std::size_t columns) {
  std::string out = cut_to_width(utf8, columns);
  const std::size_t width = display_width(out);
  return width < columns ? out + std::string(columns - width, ' ') : out;
}

}  // namespace mua
