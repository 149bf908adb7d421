#include "mail/casemap.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"

namespace mail {
namespace {

// The longest decomposition of a character, U+FDFA's, has 18.
constexpr std::size_t kLongestDecomposition = 32;

char ascii_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

void append_character(std::string& out, utf8proc_int32_t character) {
  std::array<utf8proc_uint8_t, 4> octets{};
  const auto size = utf8proc_encode_char(character, octets.data());
  out.append(reinterpret_cast<const char*>(octets.data()), static_cast<std::size_t>(size));
}

void append_mapped(std::string& out, utf8proc_int32_t character) {
  constexpr auto kOptions =
      static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STABLE);
  std::array<utf8proc_int32_t, kLongestDecomposition> parts{};
  int boundary = 0;
  const auto count =
      utf8proc_decompose_char(utf8proc_totitle(character), parts.data(),
                              static_cast<utf8proc_ssize_t>(parts.size()), kOptions, &boundary);
  if (count < 0 || static_cast<std::size_t>(count) > parts.size())
    return append_character(out, character);
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) append_character(out, parts[i]);
}

}  // namespace

std::string casemap(std::string_view utf8) {
  std::string mapped;
  mapped.reserve(utf8.size());
  if (is_ascii(utf8)) {
    std::transform(utf8.begin(), utf8.end(), std::back_inserter(mapped), ascii_upper);
    return mapped;
  }
  const std::string valid = repair_utf8(utf8);
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(valid.data());
  const auto* end = at + valid.size();
  while (at != end) {
    utf8proc_int32_t character = 0;
    const auto size = utf8proc_iterate(at, end - at, &character);
    if (size <= 0) break;
    append_mapped(mapped, character);
    at += size;
  }
  return mapped;
}

}  // namespace mail
