#include "mua/screen/theme.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "conf/table_reader.hpp"
#include "mua/screen/themes.hpp"

namespace mua::screen {

namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(Tone::kCount)> kToneNames{
    "text",   "dim",    "title",  "unread", "flagged", "marked", "bar",   "alert", "good",
    "quote1", "quote2", "quote3", "field",  "link",    "chip",   "match", "border"};

std::size_t index_of(Tone tone) { return static_cast<std::size_t>(tone); }

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

bool* attribute_of(Look& look, std::string_view word) {
  if (word == "bold") return &look.bold;
  if (word == "dim") return &look.dim;
  if (word == "underlined") return &look.underlined;
  if (word == "reversed") return &look.reversed;
  return nullptr;
}

/// Of words that are right: the built-in ones.
Look known_look(std::string_view words) { return parse_look(words).value(); }

Theme built_in(const ThemeWords& words) {
  Theme theme;
  theme.name = words.name;
  std::transform(words.looks.begin(), words.looks.end(), theme.looks.begin(), known_look);
  theme.chosen = known_look(words.chosen);
  return theme;
}

void read_look(conf::TableReader& reader, std::string_view key, Look& look) {
  std::string words;
  reader.text(key, words);
  if (words.empty()) return;
  const auto parsed = parse_look(words);
  if (!parsed) reader.fail(key, fmt::format("\"{}\"", words), "a look: " + parsed.error());
  look = *parsed;
}

void add_theme(std::vector<Theme>& themes, std::string name, conf::TableReader& reader) {
  std::string base = "default";
  reader.text("based_on", base);
  const Theme* found = find_theme(themes, base);
  if (!found) reader.fail("based_on", fmt::format("\"{}\"", base), "a theme above it");
  Theme theme = *found;
  theme.name = std::move(name);
  for (std::size_t i = 0; i < kToneNames.size(); ++i) {
    read_look(reader, kToneNames[i], theme.looks[i]);
  }
  read_look(reader, "chosen", theme.chosen);
  reader.finish();
  std::erase_if(themes, [&](const Theme& other) { return other.name == theme.name; });
  themes.push_back(std::move(theme));
}

/// Without colours: what it is in the theme "default", of which only the attributes are left.
Look without_colour(Style style) {
  Look out = default_theme().looks[index_of(style.tone)];
  out.foreground = out.background = kOwnColour;
  if (style.chosen) out.reversed = true;
  return out;
}

void lay_over(Look& look, const Look& over) {
  if (over.foreground != kOwnColour) look.foreground = over.foreground;
  if (over.background != kOwnColour) look.background = over.background;
  look.bold = look.bold || over.bold;
  look.underlined = look.underlined || over.underlined;
  look.reversed = look.reversed || over.reversed;
}

}  // namespace

mail::Result<Look, std::string> parse_look(std::string_view text) {
  Look look;
  const std::vector<std::string_view> words = words_of(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (bool* attribute = attribute_of(look, words[i])) {
      *attribute = true;
      continue;
    }
    const bool behind = words[i] == "on";
    if (behind && ++i == words.size()) return mail::unexpected(std::string("\"on\" which colour?"));
    const auto colour = parse_colour(words[i]);
    if (!colour) return mail::unexpected(colour.error());
    (behind ? look.background : look.foreground) = *colour;
  }
  return look;
}

const std::vector<Theme>& built_in_themes() {
  static const std::vector<Theme> all = [] {
    std::vector<Theme> out;
    for (const ThemeWords& words : kThemes) out.push_back(built_in(words));
    return out;
  }();
  return all;
}

const Theme& default_theme() { return built_in_themes().front(); }

std::vector<Theme> read_themes(conf::TableReader& file) {
  std::vector<Theme> themes = built_in_themes();
  for (auto& [name, reader] : file.named_sections("theme")) add_theme(themes, name, reader);
  return themes;
}

const Theme* find_theme(const std::vector<Theme>& themes, std::string_view name) {
  const auto found =
      std::find_if(themes.begin(), themes.end(), [&](const Theme& t) { return t.name == name; });
  return found == themes.end() ? nullptr : &*found;
}

Look look(const Theme& theme, Style style, Palette palette) {
  if (palette == Palette::kNone) return without_colour(style);
  const Look& text = theme.looks[index_of(Tone::kText)];
  Look out = theme.looks[index_of(style.tone)];
  if (out.foreground == kOwnColour) out.foreground = text.foreground;
  if (out.background == kOwnColour) out.background = text.background;
  if (style.chosen) lay_over(out, theme.chosen);
  out.foreground = nearest(out.foreground, palette);
  out.background = nearest(out.background, palette);
  // Of few colours two may have become one.
  if (out.foreground == out.background && out.foreground != kOwnColour) {
    out.foreground = out.background = kOwnColour;
    out.reversed = style.chosen || style.tone == Tone::kBar;
  }
  return out;
}

}  // namespace mua::screen
