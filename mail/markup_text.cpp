#include "mail/markup_text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "mail/ascii.hpp"

namespace mail {

namespace {

constexpr auto kNoSuchPlace = std::string_view::npos;
constexpr std::size_t kLongestEntity = 12;

/// Elements whose content nobody reads.
constexpr std::array<std::string_view, 6> kUnread{"head",  "style",    "script",
                                                  "title", "template", "noscript"};
/// Elements that may stand inside a word.
constexpr std::array<std::string_view, 16> kInline{"a",    "abbr", "b",   "big",   "code", "em",
                                                   "font", "i",    "ins", "small", "span", "strong",
                                                   "sub",  "sup",  "tt",  "u"};

struct Entity {
  std::string_view name;
  std::string_view text;
};
constexpr std::array<Entity, 20> kEntities{{
    {"amp", "&"},   {"apos", "'"},   {"bull", "•"},   {"copy", "©"},  {"euro", "€"},
    {"gt", ">"},    {"hellip", "…"}, {"laquo", "«"},  {"ldquo", "“"}, {"lsquo", "‘"},
    {"lt", "<"},    {"mdash", "—"},  {"middot", "·"}, {"nbsp", " "},  {"ndash", "–"},
    {"quot", "\""}, {"raquo", "»"},  {"rdquo", "”"},  {"rsquo", "’"}, {"zwnj", ""},
}};

template <std::size_t Size>
bool is_one_of(const std::array<std::string_view, Size>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// "#39", "#x27"
bool append_character(std::string& out, std::string_view reference) {
  reference.remove_prefix(1);
  const bool hex = !reference.empty() && ascii_lower(reference.front()) == 'x';
  if (hex) reference.remove_prefix(1);
  std::int32_t code = 0;
  const auto* last = reference.data() + reference.size();
  const auto [end, error] = std::from_chars(reference.data(), last, code, hex ? 16 : 10);
  if (error != std::errc() || end != last || !utf8proc_codepoint_valid(code)) return false;
  std::array<utf8proc_uint8_t, 4> octets{};
  const auto size = utf8proc_encode_char(code, octets.data());
  out.append(reinterpret_cast<const char*>(octets.data()), static_cast<std::size_t>(size));
  return true;
}

/// Takes "&name;" from the front of `html`; what is no entity stays text.
void append_entity(std::string& out, std::string_view& html) {
  const std::size_t end = html.substr(0, kLongestEntity).find(';');
  const std::string_view name = html.substr(1, end == kNoSuchPlace ? 0 : end - 1);
  const auto* known = std::find_if(kEntities.begin(), kEntities.end(),
                                   [&](const Entity& entity) { return entity.name == name; });
  bool taken = known != kEntities.end();
  if (taken)
    out += known->text;
  else
    taken = name.starts_with('#') && append_character(out, name);
  if (!taken) out += '&';
  html.remove_prefix(taken ? end + 1 : 1);
}

std::size_t find_tag(std::string_view text, std::string_view lower) {
  const auto found = std::search(text.begin(), text.end(), lower.begin(), lower.end(),
                                 [](char c, char wanted) { return ascii_lower(c) == wanted; });
  return found == text.end() ? kNoSuchPlace : static_cast<std::size_t>(found - text.begin());
}

/// Takes the content of an element that isn't read; its end tag stays.
void skip_content(std::string_view& html, const std::string& name) {
  std::size_t end = find_tag(html, "</" + name);
  // A head whose end tag was forgotten ends where the body begins.
  if (name == "head") end = std::min(end, find_tag(html, "<body"));
  html.remove_prefix(std::min(end, html.size()));
}

/// Takes a tag or a comment from the front of `html`. `last` is where the last ">" stands, so that
/// a text of nothing but "<a" isn't searched again and again.
void take_tag(std::string& out, std::string_view& html, const char* last) {
  if (html.starts_with("<!--")) {
    const std::size_t end = html.find("-->", 4);
    html.remove_prefix(end == kNoSuchPlace ? html.size() : end + 3);
    return;
  }
  const bool closes = html.size() > 1 && html[1] == '/';
  const std::string_view rest = html.substr(closes ? 2 : 1);
  const auto* stop = std::find_if_not(rest.begin(), rest.end(), is_alphanumeric);
  const std::string name =
      ascii_lower(rest.substr(0, static_cast<std::size_t>(stop - rest.begin())));
  const bool is_markup = !name.empty() || rest.starts_with('!') || rest.starts_with('?');
  const std::size_t end = is_markup && last && html.data() <= last ? html.find('>') : kNoSuchPlace;
  if (end == kNoSuchPlace) {
    // "2 < 3"
    out += '<';
    return html.remove_prefix(1);
  }
  const bool is_empty = html[end - 1] == '/';
  html.remove_prefix(end + 1);
  if (!is_one_of(kInline, name)) out += ' ';
  if (!closes && !is_empty && is_one_of(kUnread, name)) skip_content(html, name);
}

}  // namespace

std::string markup_text(std::string_view html) {
  std::string text;
  const std::size_t last = html.rfind('>');
  const char* const last_end = last == kNoSuchPlace ? nullptr : html.data() + last;
  while (!html.empty()) {
    const std::size_t special = std::min(html.find_first_of("<&"), html.size());
    text += html.substr(0, special);
    html.remove_prefix(special);
    if (html.starts_with('<')) take_tag(text, html, last_end);
    if (html.starts_with('&')) append_entity(text, html);
  }
  return text;
}

}  // namespace mail
