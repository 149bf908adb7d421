#include "mailstore/search_evaluation.hpp"

#include <gtest/gtest.h>

#include "tests/mailstore/search_fixture.hpp"

namespace mailstore {
namespace {

struct SearchEvaluationTest : SearchTest {};

TEST_F(SearchEvaluationTest, ByFlagsAndNumbers) {
  add("a\r\n", {mail::kSeen, {}});
  add("bb\r\n", {mail::kFlagged, {"$label1"}});
  add("ccc\r\n", {mail::kSeen | mail::kFlagged, {}});
  EXPECT_EQ(find(key(Kind::kAll)), (Uids{1, 2, 3}));
  EXPECT_EQ(find(flag_key(mail::kSeen)), (Uids{1, 3}));
  EXPECT_EQ(find(text_key(Kind::kKeyword, "$LABEL1")), (Uids{2}));
  EXPECT_EQ(find(text_key(Kind::kKeyword, "other")), Uids{});
  EXPECT_EQ(find(key(Kind::kRecent)), (Uids{1, 2, 3}));
  EXPECT_EQ(find(number_key(Kind::kLarger, 4)), (Uids{3}));
  EXPECT_EQ(find(number_key(Kind::kSmaller, 4)), (Uids{1}));
  EXPECT_EQ(find(number_key(Kind::kModSeq, view().messages[1].mod_seq)), (Uids{2, 3}));
  EXPECT_EQ(find(with_children(Kind::kNot, {flag_key(mail::kSeen)})), (Uids{2}));
  EXPECT_EQ(find(with_children(Kind::kAnd, {flag_key(mail::kSeen), flag_key(mail::kFlagged)})),
            (Uids{3}));
  EXPECT_EQ(find(with_children(Kind::kOr, {flag_key(mail::kSeen), flag_key(mail::kFlagged)})),
            (Uids{1, 2, 3}));
}

TEST_F(SearchEvaluationTest, BySequenceAndUid) {
  for (int i = 0; i < 5; ++i) add("x\r\n");
  remove("1:2");
  EXPECT_EQ(find(set_key(Kind::kSequence, "1,3")), (Uids{3, 5}));
  EXPECT_EQ(find(set_key(Kind::kUid, "1:3,5")), (Uids{3, 5}));
  EXPECT_EQ(find(set_key(Kind::kSequence, "*")), (Uids{5}));
  EXPECT_EQ(find(set_key(Kind::kUid, "9:*")), (Uids{5}));
}

TEST_F(SearchEvaluationTest, ByInternalDateInTheZoneItWasGivenIn) {
  add("x\r\n", {}, 10 * kDay - 60, 0);   // 1970-01-10 23:59 +0000
  add("x\r\n", {}, 10 * kDay - 60, 60);  // 1970-01-11 00:59 +0100
  EXPECT_EQ(find(day_key(Kind::kOn, "10-Jan-1970")), (Uids{1}));
  EXPECT_EQ(find(day_key(Kind::kBefore, "11-Jan-1970")), (Uids{1}));
  EXPECT_EQ(find(day_key(Kind::kSince, "11-Jan-1970")), (Uids{2}));
  EXPECT_EQ(find(number_key(Kind::kOlder, 60), 10 * kDay), (Uids{1, 2}));
  EXPECT_EQ(find(number_key(Kind::kYounger, 60), 10 * kDay), (Uids{1, 2}));
  EXPECT_EQ(find(number_key(Kind::kYounger, 59), 10 * kDay), Uids{});
}

TEST_F(SearchEvaluationTest, ByTheDayWrittenInTheDateField) {
  add("Date: Sat, 10 Jan 1970 23:59:00 -1200\r\n\r\n");
  add("Date: Sun, 11 Jan 1970 00:30:00 +1400\r\n\r\n");
  add("Date: nonsense\r\n\r\n");
  add("Subject: none\r\n\r\n");
  EXPECT_EQ(find(day_key(Kind::kSentOn, "10-Jan-1970")), (Uids{1}));
  EXPECT_EQ(find(day_key(Kind::kSentOn, "11-Jan-1970")), (Uids{2}));
  EXPECT_EQ(find(day_key(Kind::kSentBefore, "11-Jan-1970")), (Uids{1}));
  EXPECT_EQ(find(day_key(Kind::kSentSince, "11-Jan-1970")), (Uids{2}));
  EXPECT_EQ(find(day_key(Kind::kSentSince, "1-Jan-1970")), (Uids{1, 2}));
}

}  // namespace
}  // namespace mailstore
