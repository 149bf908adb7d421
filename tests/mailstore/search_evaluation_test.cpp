#include "mailstore/search_evaluation.hpp"

#include <gtest/gtest.h>

#include "mailstore/object_id.hpp"
#include "mailstore/sqlite.hpp"
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

TEST_F(SearchEvaluationTest, ByTheDayOfSavingInUtc) {
  add("x\r\n");
  add("x\r\n");
  account.database().run("UPDATE message SET save_date = ? WHERE uid = 1", 10 * kDay - 60);
  account.database().run("UPDATE message SET save_date = ? WHERE uid = 2", 10 * kDay);
  EXPECT_EQ(find(day_key(Kind::kSavedOn, "10-Jan-1970")), (Uids{1}));
  EXPECT_EQ(find(day_key(Kind::kSavedBefore, "11-Jan-1970")), (Uids{1}));
  EXPECT_EQ(find(day_key(Kind::kSavedSince, "11-Jan-1970")), (Uids{2}));
}

TEST_F(SearchEvaluationTest, ByObjectId) {
  add("Message-ID: <a@x>\r\n\r\n");
  add("References: <a@x>\r\nMessage-ID: <b@x>\r\n\r\n");
  add("Message-ID: <c@x>\r\n\r\n");
  const auto thread = thread_id(read_thread(account, inbox, 1).value());
  EXPECT_EQ(find(text_key(Kind::kThreadId, thread)), (Uids{1, 2}));
  account.database().run("UPDATE content SET thread = 0 WHERE id = 2");
  EXPECT_EQ(find(text_key(Kind::kThreadId, thread)), (Uids{1, 2}));
  EXPECT_EQ(find(text_key(Kind::kThreadId, "T1")), Uids{});
  const auto email = ObjectIds(account).email(
      account, account.database().integer("SELECT content FROM message WHERE uid = 3").value());
  EXPECT_EQ(find(text_key(Kind::kEmailId, email)), (Uids{3}));
  EXPECT_EQ(find(text_key(Kind::kEmailId, "M3")), Uids{});
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
