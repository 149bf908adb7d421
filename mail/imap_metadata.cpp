#include "mail/imap_metadata.hpp"

#include <algorithm>

#include "mail/ascii.hpp"

namespace mail {

namespace {

constexpr std::string_view kPrivate = "/private";
constexpr std::string_view kShared = "/shared";
constexpr std::string_view kVendor = "/vendor/";
constexpr std::size_t kLongestName = 1024;

bool is_below(std::string_view name, std::string_view scope) {
  return name.size() >= scope.size() && same_ignoring_case(name.substr(0, scope.size()), scope) &&
         (name.size() == scope.size() || name[scope.size()] == '/');
}

bool is_entry_char(char octet) {
  return octet > 0x19 && octet < 0x7f && octet != '*' && octet != '%';
}

std::string parse_entry(ImapLexer& lexer) {
  auto name = lexer.astring();
  if (lexer.ok() && !is_metadata_entry(name)) lexer.fail("an entry below /private or /shared");
  return name;
}

MetadataDepth parse_depth(ImapLexer& lexer) {
  auto depth = lexer.word();
  if (depth == "0") return MetadataDepth::kNone;
  if (depth == "1") return MetadataDepth::kChildren;
  if (depth != "INFINITY") lexer.fail("0, 1 or infinity");
  return MetadataDepth::kAll;
}

// getmetadata-options = "(" getmetadata-option *(SP getmetadata-option) ")"
// getmetadata-option  = "MAXSIZE" SP number / "DEPTH" SP ("0" / "1" / "infinity")
void parse_options(ImapLexer& lexer, GetMetadataArguments& get) {
  lexer.expect('(');
  do {
    auto option = lexer.word();
    lexer.space();
    if (option == "MAXSIZE")
      get.max_size = lexer.number64();
    else if (option == "DEPTH")
      get.depth = parse_depth(lexer);
    else
      lexer.fail("MAXSIZE or DEPTH");
  } while (lexer.accept(' '));
  lexer.expect(')');
}

// The RFC's examples have the options after the mailbox, its ABNF before it; clients do either.
bool options_follow(std::string_view rest) {
  return rest.starts_with('(') && !rest.starts_with("(/") && !rest.starts_with("(\"") &&
         !rest.starts_with("({");
}

// value = nstring / literal8
std::optional<std::string> parse_value(ImapLexer& lexer) {
  if (lexer.accept("NIL")) return std::nullopt;
  return lexer.string8();
}

}  // namespace

bool is_metadata_entry(std::string_view name) {
  return name.size() <= kLongestName && (is_below(name, kPrivate) || is_below(name, kShared)) &&
         !name.ends_with('/') && name.find("//") == name.npos &&
         std::all_of(name.begin(), name.end(), is_entry_char);
}

bool is_settable_entry(std::string_view name) {
  if (!is_metadata_entry(name)) return false;
  const auto path = name.substr((is_private_entry(name) ? kPrivate : kShared).size());
  if (path.empty()) return false;
  const bool vendor =
      path.size() >= kVendor.size() - 1 &&
      same_ignoring_case((std::string(path) + '/').substr(0, kVendor.size()), kVendor);
  return !vendor || std::count(name.begin(), name.end(), '/') >= 4;
}

bool is_private_entry(std::string_view name) { return is_below(name, kPrivate); }

// entries = entry / "(" entry *(SP entry) ")"
std::vector<std::string> parse_metadata_entries(ImapLexer& lexer) {
  std::vector<std::string> entries;
  if (!lexer.accept('(')) {
    entries.push_back(parse_entry(lexer));
    return entries;
  }
  do entries.push_back(parse_entry(lexer));
  while (lexer.accept(' '));
  lexer.expect(')');
  return entries;
}

// getmetadata = "GETMETADATA" [SP getmetadata-options] SP mailbox SP entries
ImapResult<GetMetadataArguments> parse_get_metadata(std::string_view arguments) {
  ImapLexer lexer(arguments);
  GetMetadataArguments get;
  if (lexer.peek() == '(') {
    parse_options(lexer, get);
    lexer.space();
  }
  get.mailbox = lexer.astring();
  lexer.space();
  if (options_follow(lexer.rest())) {
    parse_options(lexer, get);
    lexer.space();
  }
  get.entries = parse_metadata_entries(lexer);
  // Its examples of responses (§4.4.1) ask for several without parentheses.
  while (lexer.accept(' ')) get.entries.push_back(parse_entry(lexer));
  return lexer.finish(std::move(get));
}

// setmetadata = "SETMETADATA" SP mailbox SP "(" entry SP value *(SP entry SP value) ")"
ImapResult<SetMetadataArguments> parse_set_metadata(std::string_view arguments) {
  ImapLexer lexer(arguments);
  SetMetadataArguments set;
  set.mailbox = lexer.astring();
  lexer.space();
  lexer.expect('(');
  do {
    auto entry = parse_entry(lexer);
    if (lexer.ok() && !is_settable_entry(entry)) lexer.fail("a longer entry name");
    lexer.space();
    set.values.emplace_back(std::move(entry), parse_value(lexer));
  } while (lexer.accept(' '));
  lexer.expect(')');
  return lexer.finish(std::move(set));
}

}  // namespace mail
