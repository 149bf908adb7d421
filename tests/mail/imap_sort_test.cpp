#include "mail/imap_sort.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

using enum SortBy;
using enum SortDirection;
using Order = std::vector<SortCriterion>;

SortArguments sort(std::string_view text) { return parse_sort(text, {}).value(); }

TEST(ImapSort, ReadsKeysInOrder) {
  EXPECT_EQ(sort("(SUBJECT) UTF-8 ALL").order, (Order{{kSubject, kAscending}}));
  EXPECT_EQ(sort("(reverse date Subject) US-ASCII SINCE 1-Feb-1994").order,
            (Order{{kDate, kDescending}, {kSubject, kAscending}}));
  EXPECT_EQ(sort("(ARRIVAL CC DISPLAYFROM DISPLAYTO FROM SIZE TO) UTF-8 ALL").order.size(), 7u);
}

TEST(ImapSort, AKeyThatComesAgainDecidesNothing) {
  EXPECT_EQ(sort("(DATE REVERSE DATE DATE SIZE) UTF-8 ALL").order,
            (Order{{kDate, kAscending}, {kSize, kAscending}}));
}

TEST(ImapSort, ReadsCharsetCriteriaAndOptions) {
  const auto some = sort("RETURN (MIN COUNT) (FROM) \"iso-8859-1\" SUBJECT x UNSEEN");
  EXPECT_TRUE(some.search.wants.given && some.search.wants.min && some.search.wants.count);
  EXPECT_EQ(some.search.charset, "iso-8859-1");
  EXPECT_EQ(some.search.key.children.size(), 2u);
  EXPECT_FALSE(some.search.uses_mod_seq);
}

TEST(ImapSort, SpeaksOfModSequences) {
  EXPECT_TRUE(sort("(MODSEQ) UTF-8 ALL").search.uses_mod_seq);
  EXPECT_TRUE(sort("(DATE) UTF-8 MODSEQ 5").search.uses_mod_seq);
}

TEST(ImapSort, OrdersByRelevancyWhatIsFuzzy) {
  EXPECT_EQ(sort("(RELEVANCY) UTF-8 FUZZY SUBJECT x").order, (Order{{kRelevancy, kAscending}}));
  EXPECT_FALSE(parse_sort("(RELEVANCY) UTF-8 SUBJECT x", {}));
}

TEST(ImapSort, RefusesTheRest) {
  for (const char* bad :
       {"", "()", "() UTF-8 ALL", "DATE UTF-8 ALL", "(DATE) ALL", "(DATE) UTF-8", "(DATE UTF-8 ALL",
        "(REVERSE) UTF-8 ALL", "(REVERSE REVERSE DATE) UTF-8 ALL", "(COLOUR) UTF-8 ALL",
        "(DATE ) UTF-8 ALL", "(DATE) UTF-8 ALL ", "RETURN (DATE) UTF-8 ALL"})
    EXPECT_FALSE(parse_sort(bad, {})) << bad;
}

TEST(ImapSort, ReadsThread) {
  const auto some = parse_thread("references UTF-8 SINCE 5-Mar-2000", {}).value();
  EXPECT_EQ(some.algorithm, ThreadAlgorithm::kReferences);
  EXPECT_EQ(parse_thread("REFS UTF-8 ALL", {})->algorithm, ThreadAlgorithm::kRefs);
  EXPECT_EQ(parse_thread("ORDEREDSUBJECT UTF-8 ALL", {})->algorithm,
            ThreadAlgorithm::kOrderedSubject);
  for (const char* bad : {"", "REFERENCES", "REFERENCES UTF-8", "JWZ UTF-8 ALL",
                          "RETURN (COUNT) REFS UTF-8 ALL", "REFS ALL"})
    EXPECT_FALSE(parse_thread(bad, {})) << bad;
}

}  // namespace
}  // namespace mail
