#include "mail/multi_search.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace mail {

namespace {

using Which = SearchSource::Mailboxes;

constexpr std::array<std::pair<std::string_view, Which>, 7> kSources{{
    {"SELECTED", Which::kSelected},
    {"INBOXES", Which::kInboxes},
    {"PERSONAL", Which::kPersonal},
    {"SUBSCRIBED", Which::kSubscribed},
    {"SUBTREE", Which::kSubtree},
    {"SUBTREE-ONE", Which::kSubtreeOne},
    {"MAILBOXES", Which::kNamed},
}};

bool takes_names(Which mailboxes) {
  return mailboxes == Which::kSubtree || mailboxes == Which::kSubtreeOne ||
         mailboxes == Which::kNamed;
}

// one-or-more-mailbox = mailbox / "(" mailbox *(SP mailbox) ")"
std::vector<std::string> parse_mailbox_names(ImapLexer& lexer) {
  std::vector<std::string> names;
  bool many = lexer.accept('(');
  do names.push_back(lexer.astring());
  while (many && lexer.accept(' '));
  if (many) lexer.expect(')');
  return names;
}

// filter-mailboxes = "selected" / "inboxes" / "personal" / "subscribed" /
//                    ("subtree" / "subtree-one" / "mailboxes") SP one-or-more-mailbox
SearchSource parse_source(ImapLexer& lexer) {
  auto word = lexer.word();
  auto known = std::find_if(kSources.begin(), kSources.end(),
                            [&](const auto& entry) { return entry.first == word; });
  SearchSource source;
  if (known == kSources.end()) {
    lexer.fail("mailboxes to search before this");
    return source;
  }
  source.mailboxes = known->second;
  if (takes_names(source.mailboxes)) {
    lexer.space();
    source.names = parse_mailbox_names(lexer);
  }
  return source;
}

// esearch-source-opts = "IN" SP "(" source-mbox ")"    no scope-options are defined
std::vector<SearchSource> parse_sources(ImapLexer& lexer) {
  std::vector<SearchSource> sources;
  if (!lexer.accept("IN (")) return {SearchSource{}};
  do sources.push_back(parse_source(lexer));
  while (lexer.accept(' '));
  lexer.expect(')');
  lexer.space();
  return sources;
}

}  // namespace

bool MultiSearchArguments::names_selected() const {
  return std::any_of(sources.begin(), sources.end(), [](const SearchSource& source) {
    return source.mailboxes == Which::kSelected;
  });
}

bool MultiSearchArguments::only_selected() const {
  return std::all_of(sources.begin(), sources.end(), [](const SearchSource& source) {
    return source.mailboxes == Which::kSelected;
  });
}

// esearch = "ESEARCH" [SP esearch-source-opts] [SP search-return-opts] SP search-program
ImapResult<MultiSearchArguments> parse_multi_search(std::string_view arguments,
                                                    const SequenceSet& saved) {
  ImapLexer lexer(arguments);
  MultiSearchArguments multi;
  multi.sources = parse_sources(lexer);
  auto search = parse_search(lexer.rest(), saved);
  if (!lexer.ok()) return unexpected(ImapSyntaxError{lexer.error()});
  if (!search) return unexpected(search.error());
  multi.search = std::move(*search);
  bool of_selected = multi.search.wants.save || multi.search.uses_saved;
  if (of_selected && !multi.only_selected()) {
    return unexpected(ImapSyntaxError{"SAVE and $ are for the selected mailbox alone"});
  }
  return multi;
}

}  // namespace mail
