#include "mua/screen/fuzzy.hpp"

#include <string>

#include "mail/ascii.hpp"
#include "mail/searchable.hpp"
#include "mua/screen/glyphs.hpp"

namespace mua::screen {

namespace {

bool begins_word(std::string_view name, std::size_t at) {
  return at == 0 || name[at - 1] == '/' || name[at - 1] == '.' || name[at - 1] == ' ' ||
         name[at - 1] == '-' || name[at - 1] == '_' || name[at - 1] == '<';
}

std::optional<int> letters_in_order(std::string_view word, std::string_view name) {
  int score = 0;
  std::size_t at = 0;
  std::size_t expected = std::string_view::npos;
  for (const Glyph& glyph : glyphs(word)) {
    // The next letter where the last one ended, else where a word begins, else anywhere.
    std::size_t found = name.find(glyph.text, at);
    if (found == std::string_view::npos) return std::nullopt;
    for (std::size_t k = found; k != std::string_view::npos && found != expected;
         k = name.find(glyph.text, k + 1)) {
      if (begins_word(name, k)) {
        found = k;
        break;
      }
    }
    score += found == expected ? 3 : begins_word(name, found) ? 4 : 0;
    at = expected = found + glyph.text.size();
  }
  return score;
}

std::optional<int> word_score(std::string_view word, std::string_view name) {
  const std::size_t whole = name.find(word);
  if (whole != std::string_view::npos) {
    return static_cast<int>(word.size()) * 4 + (begins_word(name, whole) ? 20 : 10);
  }
  return letters_in_order(word, name);
}

}  // namespace

std::optional<int> fuzzy_score(std::string_view typed, std::string_view name) {
  const std::string folded = mail::casefold(name);
  const std::string wanted = mail::casefold(typed);
  int score = 0;
  std::string_view rest = mail::trim(wanted);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const auto one = word_score(rest.substr(0, end), folded);
    if (!one) return std::nullopt;
    score += *one;
    rest = mail::trim(rest.substr(end));
  }
  // Of names that fit alike the shorter one.
  return score * 100 - static_cast<int>(std::min<std::size_t>(folded.size(), 99));
}

}  // namespace mua::screen
