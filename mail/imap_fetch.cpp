#include "mail/imap_fetch.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <utility>

#include "mail/imap_response.hpp"

namespace mail {

namespace {

using Name = FetchBody::Name;
using Text = Section::Text;

// Where one name begins another the longer one stands first.
constexpr std::array<std::pair<std::string_view, FetchAttribute>, 10> kAttributes{{
    {"UID", FetchAttribute::kUid},
    {"FLAGS", FetchAttribute::kFlags},
    {"INTERNALDATE", FetchAttribute::kInternalDate},
    {"RFC822.SIZE", FetchAttribute::kSize},
    {"ENVELOPE", FetchAttribute::kEnvelope},
    {"BODYSTRUCTURE", FetchAttribute::kBodyStructure},
    {"MODSEQ", FetchAttribute::kModSeq},
    {"EMAILID", FetchAttribute::kEmailId},
    {"THREADID", FetchAttribute::kThreadId},
    {"SAVEDATE", FetchAttribute::kSaveDate},
}};

constexpr std::array<std::pair<std::string_view, Text>, 5> kTexts{{
    {"HEADER.FIELDS.NOT", Text::kHeaderFieldsNot},
    {"HEADER.FIELDS", Text::kHeaderFields},
    {"HEADER", Text::kHeader},
    {"TEXT", Text::kText},
    {"MIME", Text::kMime},
}};

bool is_digit_next(const ImapLexer& lexer) { return lexer.peek() >= '0' && lexer.peek() <= '9'; }

// section-msgtext = "HEADER" / "HEADER.FIELDS" [".NOT"] SP header-list / "TEXT"      and "MIME"
void parse_section_text(ImapLexer& lexer, Section& section) {
  for (const auto& [name, text] : kTexts) {
    if (!lexer.accept(name)) continue;
    section.text = text;
    if (text == Text::kMime && section.part.empty()) lexer.fail("a part number before MIME");
    if (text != Text::kHeaderFields && text != Text::kHeaderFieldsNot) return;
    lexer.space();
    lexer.expect('(');
    do section.fields.push_back(lexer.astring());
    while (lexer.accept(' '));
    lexer.expect(')');
    return;
  }
  lexer.fail("a section");
}

// section = [section-msgtext / (section-part ["." section-text])] "]"
// section-part = nz-number *("." nz-number)
Section parse_section(ImapLexer& lexer) {
  Section section;
  bool text_follows = lexer.peek() != ']';
  while (text_follows && is_digit_next(lexer)) {
    section.part.push_back(lexer.nz_number());
    text_follows = lexer.accept('.');
  }
  if (text_follows) parse_section_text(lexer, section);
  lexer.expect(']');
  return section;
}

std::vector<unsigned> parse_binary_section(ImapLexer& lexer) {
  auto section = parse_section(lexer);
  if (section.text != Text::kAll) lexer.fail("a part number only");
  return section.part;
}

// partial = "<" number64 "." nz-number64 ">"
std::optional<Partial> parse_partial(ImapLexer& lexer) {
  if (!lexer.accept('<')) return std::nullopt;
  Partial partial;
  partial.offset = lexer.number64();
  lexer.expect('.');
  partial.length = lexer.number64();
  if (partial.length == 0) lexer.fail("a length above 0");
  lexer.expect('>');
  return partial;
}

FetchItem parse_body(ImapLexer& lexer, bool peek) {
  FetchBody body;
  body.peek = peek;
  body.section = parse_section(lexer);
  body.partial = parse_partial(lexer);
  return body;
}

FetchItem parse_binary(ImapLexer& lexer, bool peek) {
  FetchBinary binary;
  binary.peek = peek;
  binary.part = parse_binary_section(lexer);
  binary.partial = parse_partial(lexer);
  return binary;
}

FetchItem rfc822(Name name, Text text, bool peek) {
  FetchBody body;
  body.name = name;
  body.section.text = text;
  body.peek = peek;
  return body;
}

// fetch-att = "ENVELOPE" / "FLAGS" / "INTERNALDATE" / "RFC822" [".HEADER" / ".SIZE" / ".TEXT"] /
//             "BODY" ["STRUCTURE"] / "UID" / "MODSEQ" / "BODY" [".PEEK"] section [partial] /
//             "BINARY" [".PEEK"] section-binary [partial] / "BINARY.SIZE" section-binary /
//             "EMAILID" / "THREADID" / "SAVEDATE" / "PREVIEW" [SP "(" "LAZY" ")"]
FetchItem parse_item(ImapLexer& lexer) {
  for (const auto& [name, attribute] : kAttributes) {
    if (lexer.accept(name)) return attribute;
  }
  if (lexer.accept("BODY.PEEK[")) return parse_body(lexer, true);
  if (lexer.accept("BODY[")) return parse_body(lexer, false);
  if (lexer.accept("BODY")) return FetchAttribute::kBody;
  if (lexer.accept("BINARY.PEEK[")) return parse_binary(lexer, true);
  if (lexer.accept("BINARY.SIZE[")) return FetchBinarySize{parse_binary_section(lexer)};
  if (lexer.accept("BINARY[")) return parse_binary(lexer, false);
  if (lexer.accept("RFC822.HEADER")) return rfc822(Name::kRfc822Header, Text::kHeader, true);
  if (lexer.accept("RFC822.TEXT")) return rfc822(Name::kRfc822Text, Text::kText, false);
  if (lexer.accept("RFC822")) return rfc822(Name::kRfc822, Text::kAll, false);
  if (lexer.accept("PREVIEW")) {
    lexer.accept(" (LAZY)");
    return FetchAttribute::kPreview;
  }
  lexer.fail("something FETCH knows");
  return FetchAttribute::kUid;
}

// "ALL" / "FULL" / "FAST"
bool parse_macro(ImapLexer& lexer, std::vector<FetchItem>& items) {
  using enum FetchAttribute;
  bool full = lexer.accept("FULL");
  bool all = full || lexer.accept("ALL");
  if (!all && !lexer.accept("FAST")) return false;
  items = {kFlags, kInternalDate, kSize};
  if (all) items.emplace_back(kEnvelope);
  if (full) items.emplace_back(kBody);
  return true;
}

// fetch-modifier = "CHANGEDSINCE" SP mod-sequence-value / "VANISHED" / "PARTIAL" SP partial-range
void parse_modifiers(ImapLexer& lexer, FetchArguments& fetch) {
  lexer.expect('(');
  do {
    auto word = lexer.word();
    if (word == "VANISHED") {
      fetch.vanished = true;
    } else if (word == "CHANGEDSINCE") {
      lexer.space();
      fetch.changed_since = lexer.number64();
    } else if (word == "PARTIAL" && !fetch.partial) {
      lexer.space();
      fetch.partial = parse_partial_range(lexer);
    } else {
      lexer.fail("CHANGEDSINCE, VANISHED or one PARTIAL");
    }
  } while (lexer.accept(' '));
  lexer.expect(')');
  if (fetch.vanished && !fetch.changed_since) lexer.fail("VANISHED with CHANGEDSINCE");
}

}  // namespace

std::vector<FetchItem> parse_fetch_items(ImapLexer& lexer) {
  std::vector<FetchItem> items;
  do items.push_back(parse_item(lexer));
  while (lexer.accept(' '));
  return items;
}

// fetch = "FETCH" SP sequence-set SP (macro / fetch-att / "(" fetch-att *(SP fetch-att) ")")
//         [SP "(" fetch-modifier *(SP fetch-modifier) ")"]
ImapResult<FetchArguments> parse_fetch(std::string_view arguments) {
  ImapLexer lexer(arguments);
  FetchArguments fetch;
  fetch.messages = lexer.message_set();
  lexer.space();
  if (lexer.accept('(')) {
    fetch.items = parse_fetch_items(lexer);
    lexer.expect(')');
  } else if (!parse_macro(lexer, fetch.items)) {
    fetch.items.push_back(parse_item(lexer));
  }
  if (lexer.accept(' ')) parse_modifiers(lexer, fetch);
  return lexer.finish(std::move(fetch));
}

std::string render_part_number(const std::vector<unsigned>& part) {
  return fmt::format("{}", fmt::join(part, "."));
}

std::string render_section(const Section& section) {
  auto text = render_part_number(section.part);
  if (section.text == Text::kAll) return text;
  if (!text.empty()) text += '.';
  for (const auto& [name, kind] : kTexts) {
    if (kind == section.text) text += name;
  }
  if (!section.fields.empty()) {
    text += " (";
    for (const auto& field : section.fields) {
      if (!text.ends_with('(')) text += ' ';
      append_astring(text, field);
    }
    text += ')';
  }
  return text;
}

std::optional<Section> parse_section_name(std::string_view name) {
  const std::string bracketed = std::string(name) + "]";
  ImapLexer lexer(bracketed);
  auto section = lexer.finish(parse_section(lexer));
  if (!section) return std::nullopt;
  return std::move(*section);
}

bool sets_seen(const FetchItem& item) {
  if (auto* body = std::get_if<FetchBody>(&item)) return !body->peek;
  if (auto* binary = std::get_if<FetchBinary>(&item)) return !binary->peek;
  return false;
}

bool asks_for(const std::vector<FetchItem>& items, FetchAttribute wanted) {
  return std::any_of(items.begin(), items.end(), [wanted](const FetchItem& item) {
    const auto* attribute = std::get_if<FetchAttribute>(&item);
    return attribute != nullptr && *attribute == wanted;
  });
}

}  // namespace mail
