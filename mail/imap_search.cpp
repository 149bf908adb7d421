#include "mail/imap_search.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <utility>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/date.hpp"
#include "mail/flags.hpp"

namespace mail {

namespace {

using Kind = SearchKey::Kind;

constexpr int kMaxDepth = 50;

/// What a key's own arguments are.
enum class Argument {
  kNone,
  kFlag,
  kUnflag,
  kFieldText,  ///< of the field `field` names
  kText,
  kDate,
  kNumber,
  kObjectId,
};

struct KeyForm {
  std::string_view name;
  Kind kind;
  Argument argument;
  std::uint8_t system = 0;
  std::string_view field = {};
};

constexpr std::array<KeyForm, 35> kForms{{
    {"ALL", Kind::kAll, Argument::kNone},
    {"RECENT", Kind::kRecent, Argument::kNone},
    {"ANSWERED", Kind::kFlag, Argument::kFlag, kAnswered},
    {"DELETED", Kind::kFlag, Argument::kFlag, kDeleted},
    {"DRAFT", Kind::kFlag, Argument::kFlag, kDraft},
    {"FLAGGED", Kind::kFlag, Argument::kFlag, kFlagged},
    {"SEEN", Kind::kFlag, Argument::kFlag, kSeen},
    {"UNANSWERED", Kind::kFlag, Argument::kUnflag, kAnswered},
    {"UNDELETED", Kind::kFlag, Argument::kUnflag, kDeleted},
    {"UNDRAFT", Kind::kFlag, Argument::kUnflag, kDraft},
    {"UNFLAGGED", Kind::kFlag, Argument::kUnflag, kFlagged},
    {"UNSEEN", Kind::kFlag, Argument::kUnflag, kSeen},
    {"BCC", Kind::kHeader, Argument::kFieldText, 0, "bcc"},
    {"CC", Kind::kHeader, Argument::kFieldText, 0, "cc"},
    {"FROM", Kind::kHeader, Argument::kFieldText, 0, "from"},
    {"SUBJECT", Kind::kHeader, Argument::kFieldText, 0, "subject"},
    {"TO", Kind::kHeader, Argument::kFieldText, 0, "to"},
    {"BODY", Kind::kBody, Argument::kText},
    {"TEXT", Kind::kText, Argument::kText},
    {"BEFORE", Kind::kBefore, Argument::kDate},
    {"ON", Kind::kOn, Argument::kDate},
    {"SINCE", Kind::kSince, Argument::kDate},
    {"SENTBEFORE", Kind::kSentBefore, Argument::kDate},
    {"SENTON", Kind::kSentOn, Argument::kDate},
    {"SENTSINCE", Kind::kSentSince, Argument::kDate},
    {"SAVEDBEFORE", Kind::kSavedBefore, Argument::kDate},
    {"SAVEDON", Kind::kSavedOn, Argument::kDate},
    {"SAVEDSINCE", Kind::kSavedSince, Argument::kDate},
    {"SAVEDATESUPPORTED", Kind::kAll, Argument::kNone},
    {"EMAILID", Kind::kEmailId, Argument::kObjectId},
    {"THREADID", Kind::kThreadId, Argument::kObjectId},
    {"LARGER", Kind::kLarger, Argument::kNumber},
    {"SMALLER", Kind::kSmaller, Argument::kNumber},
    {"OLDER", Kind::kOlder, Argument::kNumber},
    {"YOUNGER", Kind::kYounger, Argument::kNumber},
}};

SearchKey key_of(Kind kind) {
  SearchKey key;
  key.kind = kind;
  return key;
}

SearchKey negation(SearchKey child) {
  auto key = key_of(Kind::kNot);
  key.children.push_back(std::move(child));
  return key;
}

SearchKey flag_key(std::uint8_t system) {
  auto key = key_of(Kind::kFlag);
  key.system = system;
  return key;
}

// objectid = 1*255(ALPHA / DIGIT / "_" / "-")
bool is_object_id(std::string_view text) {
  return text.size() <= 255 && std::all_of(text.begin(), text.end(), [](char octet) {
           return is_alphanumeric(octet) || octet == '_' || octet == '-';
         });
}

class SearchParser {
 public:
  SearchParser(ImapLexer& words, const SequenceSet& saved) : lexer(words), saved_(saved) {}

  SearchKey key();
  SearchKey keys(char end);

  ImapLexer& lexer;
  bool uses_mod_seq = false;
  bool uses_saved = false;
  bool uses_fuzzy = false;

 private:
  SearchKey named_key(const std::string& name);
  SearchKey simple_key(const KeyForm& form);
  SearchKey numbers(Kind kind);
  SearchKey keyword();
  SearchKey either();
  SearchKey header();
  SearchKey mod_seq();
  SearchKey fuzzy();
  SearchKey uids_after();
  SearchKey uids_before();

  const SequenceSet& saved_;
  int depth_ = 0;
};

// search-key *(SP search-key)
SearchKey SearchParser::keys(char end) {
  auto all = key_of(Kind::kAnd);
  do all.children.push_back(key());
  while (lexer.accept(' '));
  if (end != '\0') lexer.expect(end);
  if (all.children.size() > 1) return all;
  return std::move(all.children.front());
}

// search-key = sequence-set / "$" / "(" search-key *(SP search-key) ")" / a named key
SearchKey SearchParser::key() {
  if (++depth_ > kMaxDepth) lexer.fail("criteria nested less deeply");
  SearchKey result;
  if (!lexer.ok()) return result;
  if (lexer.accept('(')) {
    result = keys(')');
  } else if (lexer.peek() == '*' || lexer.peek() == '$' || is_digit(lexer.peek())) {
    result = numbers(Kind::kSequence);
  } else {
    result = named_key(lexer.word());
  }
  --depth_;
  return result;
}

SearchKey SearchParser::numbers(Kind kind) {
  auto messages = lexer.message_set();
  uses_saved |= messages.saved;
  auto result = key_of(messages.saved ? Kind::kUid : kind);
  result.set = messages.saved ? saved_ : std::move(messages.set);
  return result;
}

SearchKey SearchParser::named_key(const std::string& name) {
  auto form = std::find_if(kForms.begin(), kForms.end(),
                           [&](const KeyForm& entry) { return entry.name == name; });
  if (form != kForms.end()) return simple_key(*form);
  if (name == "NEW") {
    auto result = key_of(Kind::kAnd);
    result.children.push_back(key_of(Kind::kRecent));
    result.children.push_back(negation(flag_key(kSeen)));
    return result;
  }
  if (name == "OLD") return negation(key_of(Kind::kRecent));
  static constexpr std::array<std::string_view, 10> kCompound{
      "NOT",    "OR",     "UID",   "KEYWORD",  "UNKEYWORD",
      "HEADER", "MODSEQ", "FUZZY", "UIDAFTER", "UIDBEFORE"};
  if (std::find(kCompound.begin(), kCompound.end(), name) == kCompound.end()) {
    lexer.fail("a search key before this");
    return {};
  }
  lexer.space();
  if (name == "NOT") return negation(key());
  if (name == "OR") return either();
  if (name == "UID") return numbers(Kind::kUid);
  if (name == "KEYWORD") return keyword();
  if (name == "UNKEYWORD") return negation(keyword());
  if (name == "HEADER") return header();
  if (name == "FUZZY") return fuzzy();
  if (name == "UIDAFTER") return uids_after();
  if (name == "UIDBEFORE") return uids_before();
  return mod_seq();
}

SearchKey SearchParser::simple_key(const KeyForm& form) {
  auto result = key_of(form.kind);
  result.system = form.system;
  result.field = form.field;
  switch (form.argument) {
    case Argument::kNone:
    case Argument::kFlag: return result;
    case Argument::kUnflag: return negation(std::move(result));
    case Argument::kFieldText:
    case Argument::kText:
      lexer.space();
      result.text = lexer.astring();
      return result;
    case Argument::kObjectId:
      lexer.space();
      result.text = lexer.atom();
      if (!is_object_id(result.text)) lexer.fail("an object id before this");
      return result;
    case Argument::kNumber:
      lexer.space();
      result.number = lexer.number64();
      return result;
    case Argument::kDate: break;
  }
  lexer.space();
  auto day = parse_search_date(lexer.peek() == '"' ? lexer.string() : std::string(lexer.atom()));
  if (!day) lexer.fail("a date like 1-Feb-1994 before this");
  result.day = day.value_or(0);
  return result;
}

// "KEYWORD" SP flag-keyword
SearchKey SearchParser::keyword() {
  auto flag = lexer.flag();
  if (auto system = parse_system_flag(flag)) return flag_key(*system);
  auto result = key_of(Kind::kKeyword);
  result.text = std::move(flag);
  return result;
}

// "OR" SP search-key SP search-key. "OR a OR b OR c d" is one choice of four, however long.
SearchKey SearchParser::either() {
  auto result = key_of(Kind::kOr);
  do {
    result.children.push_back(key());
    lexer.space();
  } while (lexer.accept("OR "));
  result.children.push_back(key());
  return result;
}

// "HEADER" SP header-fld-name SP astring
SearchKey SearchParser::header() {
  auto result = key_of(Kind::kHeader);
  result.field = ascii_lower(lexer.astring());
  lexer.space();
  result.text = lexer.astring();
  return result;
}

// "MODSEQ" [SP entry-name SP ("priv" / "shared" / "all")] SP mod-sequence-valzer
SearchKey SearchParser::mod_seq() {
  uses_mod_seq = true;
  if (lexer.peek() == '"') {
    lexer.string();
    lexer.space();
    lexer.atom();
    lexer.space();
  }
  auto result = key_of(Kind::kModSeq);
  result.number = lexer.number64();
  return result;
}

// "FUZZY" SP search-key
SearchKey SearchParser::fuzzy() {
  uses_fuzzy = true;
  auto result = key_of(Kind::kFuzzy);
  result.children.push_back(key());
  return result;
}

// "UIDAFTER" SP uniqueid. Unlike "UID n:*" it never means the last message of those below n, so
// its end is no star.
SearchKey SearchParser::uids_after() {
  auto result = key_of(Kind::kUid);
  auto uid = lexer.nz_number();
  if (uid < SequenceSet::kStar - 1) result.set = SequenceSet({{uid + 1, SequenceSet::kStar - 1}});
  return result;
}

// "UIDBEFORE" SP uniqueid
SearchKey SearchParser::uids_before() {
  auto result = key_of(Kind::kUid);
  auto uid = lexer.nz_number();
  if (uid > 1) result.set = SequenceSet({{1, uid - 1}});
  return result;
}

bool is_known_charset(const std::string& charset) {
  auto conversion = iconv_open("UTF-8", charset.c_str());
  // iconv reports failure as an integer disguised as a pointer.
  if (conversion == reinterpret_cast<iconv_t>(-1)) return false;
  iconv_close(conversion);
  return true;
}

void convert_texts(SearchKey& key, const std::string& charset) {
  key.text = to_utf8(key.text, charset);
  for (auto& child : key.children) convert_texts(child, charset);
}

}  // namespace

// search-key *(SP search-key)
void parse_search_criteria(ImapLexer& lexer, const SequenceSet& saved, SearchArguments& search) {
  SearchParser parser(lexer, saved);
  search.key = parser.keys('\0');
  if (search.wants.relevancy && !parser.uses_fuzzy) lexer.fail("FUZZY where RELEVANCY is");
  search.uses_mod_seq = parser.uses_mod_seq;
  search.uses_saved = parser.uses_saved;
  search.uses_fuzzy = parser.uses_fuzzy;
}

// search = "SEARCH" [SP search-return-opts] SP ["CHARSET" SP charset SP] search-key *(SP
// search-key)
ImapResult<SearchArguments> parse_search(std::string_view arguments, const SequenceSet& saved) {
  ImapLexer lexer(arguments);
  SearchArguments search;
  search.wants = parse_search_return(lexer);
  if (lexer.accept("CHARSET ")) {
    search.charset = lexer.astring();
    lexer.space();
  }
  parse_search_criteria(lexer, saved, search);
  return lexer.finish(std::move(search));
}

bool uses_sequence_numbers(const SearchKey& key) {
  return key.kind == Kind::kSequence ||
         std::any_of(key.children.begin(), key.children.end(), uses_sequence_numbers);
}

bool decode_charset(SearchKey& key, const std::string& charset, Looseness looseness) {
  if (!charset.empty() && !is_known_charset(charset)) return false;
  convert_texts(key, charset);
  key = loosened(std::move(key), looseness);
  return true;
}

}  // namespace mail
