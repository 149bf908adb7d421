#include "mail/imap_sort.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace mail {
namespace {

template <class Value>
struct NamedValue {
  std::string_view name;
  Value value;
};

constexpr std::array<NamedValue<SortBy>, 11> kSortKeys{{
    {"ARRIVAL", SortBy::kArrival},
    {"CC", SortBy::kCc},
    {"DATE", SortBy::kDate},
    {"DISPLAYFROM", SortBy::kDisplayFrom},
    {"DISPLAYTO", SortBy::kDisplayTo},
    {"FROM", SortBy::kFrom},
    {"MODSEQ", SortBy::kModSeq},
    {"RELEVANCY", SortBy::kRelevancy},
    {"SIZE", SortBy::kSize},
    {"SUBJECT", SortBy::kSubject},
    {"TO", SortBy::kTo},
}};

constexpr std::array<NamedValue<ThreadAlgorithm>, 3> kAlgorithms{{
    {"ORDEREDSUBJECT", ThreadAlgorithm::kOrderedSubject},
    {"REFERENCES", ThreadAlgorithm::kReferences},
    {"REFS", ThreadAlgorithm::kRefs},
}};

template <class Table>
auto named(ImapLexer& lexer, const Table& table, std::string_view expected) {
  const std::string name = lexer.word();
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const auto& entry) { return entry.name == name; });
  if (found != table.end()) return found->value;
  lexer.fail(expected);
  return table.front().value;
}

// sort-criterion = ["REVERSE" SP] sort-key
SortCriterion parse_criterion(ImapLexer& lexer) {
  SortCriterion criterion;
  if (lexer.accept("REVERSE ")) criterion.direction = SortDirection::kDescending;
  criterion.by = named(lexer, kSortKeys, "a sort key before this");
  return criterion;
}

// sort-criteria = "(" sort-criterion *(SP sort-criterion) ")"
std::vector<SortCriterion> parse_order(ImapLexer& lexer) {
  std::vector<SortCriterion> order;
  lexer.expect('(');
  do {
    const SortCriterion criterion = parse_criterion(lexer);
    const bool again = std::any_of(order.begin(), order.end(),
                                   [&](const auto& known) { return known.by == criterion.by; });
    if (!again) order.push_back(criterion);
  } while (lexer.accept(' '));
  lexer.expect(')');
  return order;
}

// search-criteria = charset 1*(SP search-key)
void parse_criteria(ImapLexer& lexer, const SequenceSet& saved, SearchArguments& search) {
  search.charset = lexer.astring();
  lexer.space();
  parse_search_criteria(lexer, saved, search);
}

}  // namespace

// sort = "SORT" [SP search-return-opts] SP sort-criteria SP search-criteria
//   RETURN (MIN COUNT) (REVERSE DATE SUBJECT) UTF-8 SINCE 1-Feb-1994
ImapResult<SortArguments> parse_sort(std::string_view arguments, const SequenceSet& saved) {
  ImapLexer lexer(arguments);
  SortArguments sort;
  sort.search.wants = parse_search_return(lexer);
  sort.order = parse_order(lexer);
  lexer.space();
  parse_criteria(lexer, saved, sort.search);
  // The order speaks of mod-sequences as well as criteria do.
  sort.search.uses_mod_seq |= sort.orders_by(SortBy::kModSeq);
  if (sort.orders_by(SortBy::kRelevancy) && !sort.search.uses_fuzzy) {
    lexer.fail("FUZZY where RELEVANCY is");
  }
  return lexer.finish(std::move(sort));
}

bool SortArguments::orders_by(SortBy by) const {
  return std::any_of(order.begin(), order.end(),
                     [by](const SortCriterion& each) { return each.by == by; });
}

// thread = "THREAD" SP thread-alg SP search-criteria
//   REFERENCES UTF-8 SINCE 5-Mar-2000
ImapResult<ThreadArguments> parse_thread(std::string_view arguments, const SequenceSet& saved) {
  ImapLexer lexer(arguments);
  ThreadArguments thread;
  thread.algorithm = named(lexer, kAlgorithms, "a threading algorithm before this");
  lexer.space();
  parse_criteria(lexer, saved, thread.search);
  return lexer.finish(std::move(thread));
}

}  // namespace mail
