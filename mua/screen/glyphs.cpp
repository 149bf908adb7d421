#include "mua/screen/glyphs.hpp"

#include <fribidi/fribidi.h>
#include <utf8proc.h>

#include <algorithm>

#include "mail/charset.hpp"

namespace mua::screen {

namespace {

// More marks on one character than any language has; a terminal's cell holds few.
constexpr std::size_t kMaxGlyphOctets = 15;

constexpr utf8proc_int32_t kBroken = 0xFFFD;

struct Character {
  utf8proc_int32_t code = kBroken;
  std::size_t octets = 1;
};

Character first_of(std::string_view text) {
  Character c;
  const auto size = utf8proc_iterate(
      reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
      static_cast<utf8proc_ssize_t>(std::min<std::size_t>(text.size(), 4)), &c.code);
  if (size <= 0) return {};
  c.octets = static_cast<std::size_t>(size);
  return c;
}

std::string encode(utf8proc_int32_t code) {
  utf8proc_uint8_t octets[4];
  const auto size = utf8proc_encode_char(code, octets);
  return {reinterpret_cast<const char*>(octets), static_cast<std::size_t>(size)};
}

enum class Use { kBase, kMark, kBlank, kNothing };

bool is_skin_tone(utf8proc_int32_t code) { return code >= 0x1F3FB && code <= 0x1F3FF; }
bool is_flag_letter(utf8proc_int32_t code) { return code >= 0x1F1E6 && code <= 0x1F1FF; }
bool is_variation(utf8proc_int32_t code) {
  return (code >= 0xFE00 && code <= 0xFE0F) || (code >= 0xE0100 && code <= 0xE01EF);
}
/// Middle and last letters of Hangul that did not compose: they stand on the one before.
bool is_joining_jamo(utf8proc_int32_t code) { return code >= 0x1160 && code <= 0x11FF; }

Use use_of(utf8proc_int32_t code) {
  if (code >= 0x20 && code < 0x7F) return Use::kBase;
  if (is_variation(code) || is_skin_tone(code)) return Use::kNothing;
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return Use::kBlank;
    case UTF8PROC_CATEGORY_CF: return Use::kNothing;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME: return Use::kMark;
    default: return is_joining_jamo(code) ? Use::kMark : Use::kBase;
  }
}

Glyph base_glyph(utf8proc_int32_t code, std::string_view octets) {
  if (is_flag_letter(code))
    return {std::string(1, static_cast<char>('A' + (code - 0x1F1E6))), 1, 0};
  // Of what nobody has assigned terminals don't know the width.
  const auto category = utf8proc_category(code);
  if (category == UTF8PROC_CATEGORY_CN || category == UTF8PROC_CATEGORY_CO ||
      category == UTF8PROC_CATEGORY_CS) {
    return {encode(kBroken), 1, 0};
  }
  const std::uint8_t width = utf8proc_charwidth(code) == 2 ? 2 : 1;
  return {std::string(octets), width, 0};
}

void add(std::vector<Glyph>& line, Character c, std::string_view octets, std::size_t offset) {
  switch (use_of(c.code)) {
    case Use::kNothing: return;
    case Use::kBlank: line.push_back({" ", 1, 0}); break;
    case Use::kBase: line.push_back(base_glyph(c.code, octets)); break;
    case Use::kMark:
      // A mark without anything to stand on stands on a blank.
      if (line.empty()) line.push_back({" ", 1, static_cast<std::uint32_t>(offset)});
      if (line.back().text.size() + octets.size() <= kMaxGlyphOctets) line.back().text += octets;
      return;
  }
  line.back().offset = static_cast<std::uint32_t>(offset);
}

bool is_ascii_line(const std::vector<Glyph>& line) {
  return std::all_of(line.begin(), line.end(), [](const Glyph& g) {
    return static_cast<unsigned char>(g.text.front()) < 0x80;
  });
}

std::vector<FriBidiLevel> levels_of(const std::vector<FriBidiChar>& codes) {
  const auto size = static_cast<FriBidiStrIndex>(codes.size());
  std::vector<FriBidiCharType> types(codes.size());
  std::vector<FriBidiBracketType> brackets(codes.size());
  std::vector<FriBidiLevel> levels(codes.size());
  fribidi_get_bidi_types(codes.data(), size, types.data());
  fribidi_get_bracket_types(codes.data(), size, types.data(), brackets.data());
  FriBidiParType direction = FRIBIDI_PAR_ON;
  // 0: no memory for it; then it stays in logical order.
  if (fribidi_get_par_embedding_levels_ex(types.data(), brackets.data(), size, &direction,
                                          levels.data()) == 0) {
    std::fill(levels.begin(), levels.end(), FriBidiLevel{0});
  }
  return levels;
}

/// "(" in right-to-left text is seen as ")".
void mirror(Glyph& glyph, FriBidiChar code) {
  FriBidiChar mirrored = code;
  if (!fribidi_get_mirror_char(code, &mirrored)) return;
  const std::size_t octets = first_of(glyph.text).octets;
  glyph.text.replace(0, octets, encode(static_cast<utf8proc_int32_t>(mirrored)));
}

}  // namespace

std::vector<Glyph> glyphs(std::string_view text) {
  std::string repaired;
  if (!mail::is_utf8(text)) text = repaired = mail::repair_utf8(text);
  std::vector<Glyph> line;
  line.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Character c = first_of(text.substr(at));
    add(line, c, text.substr(at, c.octets), at);
    at += c.octets;
  }
  return line;
}

std::vector<Glyph> in_visual_order(std::vector<Glyph> line) {
  if (is_ascii_line(line)) return line;
  std::vector<FriBidiChar> codes;
  for (const Glyph& g : line) codes.push_back(static_cast<FriBidiChar>(first_of(g.text).code));
  std::vector<FriBidiLevel> levels = levels_of(codes);
  const int highest = levels.empty() ? 0 : *std::max_element(levels.begin(), levels.end());
  if (highest == 0) return line;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (levels[i] % 2 == 1) mirror(line[i], codes[i]);
  }
  // Rule L2: from the highest level down, runs of at least that level are turned around.
  for (int level = highest; level > 0; --level) {
    for (std::size_t begin = 0; begin < line.size(); ++begin) {
      if (levels[begin] < level) continue;
      std::size_t end = begin;
      while (end < line.size() && levels[end] >= level) ++end;
      const auto from = static_cast<std::ptrdiff_t>(begin), to = static_cast<std::ptrdiff_t>(end);
      std::reverse(line.begin() + from, line.begin() + to);
      std::reverse(levels.begin() + from, levels.begin() + to);
      begin = end;
    }
  }
  return line;
}

int columns(const std::vector<Glyph>& line) {
  int sum = 0;
  for (const Glyph& g : line) sum += g.width;
  return sum;
}

int columns(std::string_view text) { return columns(glyphs(text)); }

std::vector<Glyph> cut(std::vector<Glyph> line, int most) {
  if (columns(line) <= most) return line;
  if (most <= 0) return {};
  int width = 0;
  std::size_t count = 0;
  while (width + line[count].width <= most - 1) width += line[count++].width;
  const std::uint32_t offset = line[count].offset;
  line.resize(count);
  line.push_back({"…", 1, offset});
  return line;
}

std::string text_of(const std::vector<Glyph>& line) {
  std::string out;
  for (const Glyph& g : line) out += g.text;
  return out;
}

}  // namespace mua::screen
