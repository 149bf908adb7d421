#include <utf8proc.h>

#include <algorithm>
#include <array>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/searchable.hpp"

namespace mail {
namespace {

// The longest decomposition of a character, U+FDFA's, has 18.
constexpr std::size_t kLongest = 32;
constexpr unsigned kDecomposed = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT;
constexpr unsigned kFolded = kDecomposed | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;

struct Characters {
  std::array<utf8proc_int32_t, kLongest> at;
  std::size_t size = 0;
};

Characters decomposed(utf8proc_int32_t character, unsigned options) {
  Characters parts;
  int boundary = 0;
  const auto size = utf8proc_decompose_char(character, parts.at.data(), kLongest,
                                            static_cast<utf8proc_option_t>(options), &boundary);
  if (size >= 0 && static_cast<std::size_t>(size) <= kLongest) {
    parts.size = static_cast<std::size_t>(size);
  } else {
    parts.at[0] = character;
    parts.size = 1;
  }
  return parts;
}

void append(std::string& folded, const Characters& characters) {
  std::array<utf8proc_uint8_t, 4> octets{};
  for (std::size_t i = 0; i < characters.size; ++i) {
    const auto size = utf8proc_encode_char(characters.at[i], octets.data());
    folded.append(reinterpret_cast<const char*>(octets.data()), static_cast<std::size_t>(size));
  }
}

// Most of what Korean text consists of; its parts have no case, so that half of the work is saved.
bool is_hangul_syllable(utf8proc_int32_t character) {
  return character >= 0xAC00 && character <= 0xD7A3;
}

// What i;unicode-casemap makes of the character, each part of it folded: so that whatever that
// collation finds is found.
void append_folded(std::string& folded, utf8proc_int32_t character) {
  if (is_hangul_syllable(character)) return append(folded, decomposed(character, kDecomposed));
  const Characters mapped = decomposed(utf8proc_totitle(character), kDecomposed);
  for (std::size_t i = 0; i < mapped.size; ++i) append(folded, decomposed(mapped.at[i], kFolded));
}

void append_folded(std::string& folded, std::string_view run) {
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(run.data());
  const auto* end = at + run.size();
  while (at != end) {
    utf8proc_int32_t character = 0;
    const auto size = utf8proc_iterate(at, end - at, &character);
    if (size <= 0) {
      const std::string_view rest(reinterpret_cast<const char*>(at),
                                  static_cast<std::size_t>(end - at));
      return append_folded(folded, repair_utf8(rest));
    }
    append_folded(folded, character);
    at += size;
  }
}

}  // namespace

std::string casefold(std::string_view utf8) {
  std::string folded;
  folded.reserve(utf8.size());
  const auto end = utf8.end();
  for (auto at = utf8.begin(); at != end;) {
    const auto odd = std::find_if(at, end, is_8bit);
    std::transform(at, odd, std::back_inserter(folded), [](char c) { return ascii_lower(c); });
    at = std::find_if_not(odd, end, is_8bit);
    if (odd != at) append_folded(folded, std::string_view(odd, at));
  }
  return folded;
}

std::string casefold_name() {
  return std::string("i;unicode-casemap, folded; Unicode ") + utf8proc_unicode_version();
}

}  // namespace mail
