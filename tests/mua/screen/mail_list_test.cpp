#include "mua/screen/mail_list.hpp"

#include "tests/mua/sync/store_trial.hpp"

namespace mua::screen {
namespace {

class MailListTest : public sync::StoreTrial {
 protected:
  MailListTest() {
    for (std::uint32_t uid = 1; uid <= 30; ++uid)
      ids.push_back(put(uid, "subject " + std::to_string(uid)));
    mails.set_height(10);
    mails.show(inbox);
  }
  std::string subject() const { return mails.current() ? mails.current()->subject : ""; }
  std::vector<sync::MessageId> ids;
  MailList mails{store};
};

TEST_F(MailListTest, MovesAndScrolls) {
  EXPECT_EQ(mails.count(), 30u);
  EXPECT_EQ(subject(), "subject 30");
  EXPECT_FALSE(mails.move(-1));
  EXPECT_TRUE(mails.move(12));
  EXPECT_EQ(subject(), "subject 18");
  EXPECT_EQ(mails.top(), 3u);
  mails.go_to(1000);
  EXPECT_EQ(subject(), "subject 1");
  EXPECT_EQ(mails.picture(0).rows.size(), 10u);
  mails.go_to_message(ids[29]);
  EXPECT_EQ(mails.cursor(), 0u);
}

TEST_F(MailListTest, TheCursorIsOnTheNewestUntilSomebodyIsThere) {
  put(31, "new");
  mails.reload();
  EXPECT_EQ(subject(), "new");
}

TEST_F(MailListTest, TheCursorStaysOnItsMessage) {
  mails.hold();
  put(31, "new");
  mails.reload();
  EXPECT_EQ(subject(), "subject 30");
  EXPECT_EQ(mails.cursor(), 1u);
  EXPECT_EQ(mails.top(), 0u);
  mails.move(20);
  const std::uint32_t line = mails.cursor() - mails.top();
  put(32, "newer");
  mails.reload();
  EXPECT_EQ(subject(), "subject 10");
  EXPECT_EQ(mails.cursor() - mails.top(), line);
}

TEST_F(MailListTest, WhatIsDeletedMakesRoomForTheNext) {
  mails.hold();
  mails.move(2);
  EXPECT_EQ(mails.following(2), (std::vector<sync::MessageId>{ids[26], ids[25]}));
  actions.remove(mails.targets(), kNow);
  mails.reload();
  EXPECT_EQ(subject(), "subject 27");
  EXPECT_EQ(mails.count(), 29u);
}

TEST_F(MailListTest, Marks) {
  mails.toggle_mark();
  mails.move(3);
  mails.toggle_mark();
  EXPECT_EQ(mails.targets(), (std::vector<sync::MessageId>{ids[26], ids[29]}));
  mails.toggle_mark();
  mails.move(1);
  EXPECT_EQ(mails.targets(), (std::vector<sync::MessageId>{ids[29]}));
  mails.clear_marks();
  EXPECT_EQ(mails.targets(), (std::vector<sync::MessageId>{ids[25]}));
  mails.mark_all();
  EXPECT_EQ(mails.targets().size(), 30u);
}

TEST_F(MailListTest, ResultsOfASearch) {
  mails.move(5);
  mails.show_results("x", {ids[3], ids[10]});
  EXPECT_EQ(mails.count(), 2u);
  EXPECT_EQ(subject(), "subject 11") << "the newest first";
  mails.add_results({ids[10], ids[20]});
  EXPECT_EQ(mails.count(), 3u);
  EXPECT_EQ(subject(), "subject 11");
  EXPECT_EQ(mails.cursor(), 1u);
  actions.remove(mails.targets(), kNow);
  mails.reload();
  EXPECT_EQ(mails.count(), 2u);
  EXPECT_EQ(subject(), "subject 4");
  mails.leave_results();
  EXPECT_EQ(mails.count(), 29u);
  EXPECT_EQ(subject(), "subject 4");
}

TEST_F(MailListTest, NextUnread) {
  for (std::size_t i = 5; i < 30; ++i)
    actions.flag(std::array{ids[i]}, "\\Seen", sync::Actions::Change::kSet, kNow);
  mails.reload();
  EXPECT_TRUE(mails.next_unread());
  EXPECT_EQ(subject(), "subject 5");
}

TEST_F(MailListTest, Empty) {
  MailList none(store);
  none.show(trash);
  EXPECT_EQ(none.current(), nullptr);
  EXPECT_FALSE(none.move(1));
  EXPECT_FALSE(none.next_unread());
  EXPECT_TRUE(none.targets().empty());
}

class FoldsTest : public sync::StoreTrial {
 protected:
  FoldsTest() {
    plan = put(1, "plan");
    put(2, "Re: plan", {"1@x.test"});
    put(3, "Re: plan", {"1@x.test", "2@x.test"});
    alone = put(4, "alone");
    mails.set_height(10);
    mails.show(inbox);
    mails.set_order(sync::Order::kThreads);
  }
  using Fold = MailList::Fold;
  sync::MessageId plan = 0, alone = 0;
  MailList mails{store};
};

TEST_F(FoldsTest, AThreadBecomesOneLine) {
  mails.go_to(2);
  EXPECT_TRUE(mails.fold(Fold::kToggle));
  ASSERT_EQ(mails.count(), 2u);
  EXPECT_EQ(mails.cursor(), 1u) << "the line that stands for it";
  EXPECT_EQ(mails.current()->id, plan);
  EXPECT_EQ(mails.current()->folded, 3u);
  EXPECT_EQ(mails.current()->folded_unread, 3u);
  EXPECT_EQ(mails.picture(0).rows[0].folded, 0u);
  mails.fold(Fold::kOpen);
  EXPECT_EQ(mails.count(), 4u);
  EXPECT_EQ(mails.current()->id, plan);
}

TEST_F(FoldsTest, AllAndOneAgain) {
  mails.fold_all(Fold::kToggle);
  EXPECT_EQ(mails.count(), 2u);
  mails.go_to(1);
  mails.fold(Fold::kToggle);
  EXPECT_EQ(mails.count(), 4u);
  mails.fold_all(Fold::kClose);
  EXPECT_EQ(mails.count(), 2u);
  mails.fold_all(Fold::kOpen);
  EXPECT_EQ(mails.count(), 4u);
}

TEST_F(FoldsTest, WhatIsFoldedGoesTogether) {
  mails.fold_all(Fold::kClose);
  mails.go_to_message(plan);
  EXPECT_EQ(mails.targets().size(), 3u);
  mails.toggle_mark();
  EXPECT_EQ(mails.marked().size(), 3u);
  mails.toggle_mark();
  EXPECT_TRUE(mails.marked().empty());
}

TEST_F(FoldsTest, MarkingAllMarksWhatIsFoldedToo) {
  mails.fold_all(Fold::kClose);
  mails.mark_all();
  EXPECT_EQ(mails.targets().size(), 4u);
}

TEST_F(FoldsTest, ReadingOpensIt) {
  actions.flag(std::vector{plan}, "\\Seen", sync::Actions::Change::kSet, kNow);
  mails.fold_all(Fold::kClose);
  mails.go_to_message(plan);
  const auto message = mails.unfold_current();
  ASSERT_TRUE(message);
  EXPECT_NE(*message, plan) << "it was read";
  EXPECT_EQ(mails.count(), 4u);
}

TEST_F(FoldsTest, TheNextUnreadIsFoundInAFoldedThread) {
  mails.fold_all(Fold::kClose);
  actions.flag(std::vector{alone, plan}, "\\Seen", sync::Actions::Change::kSet, kNow);
  mails.reload();
  mails.go_to(0);
  EXPECT_TRUE(mails.next_unread());
  EXPECT_EQ(mails.cursor(), 1u);
}

TEST_F(FoldsTest, NewMailFoldsIntoItsThread) {
  mails.fold_all(Fold::kClose);
  put(5, "Re: plan", {"1@x.test"});
  mails.reload();
  ASSERT_EQ(mails.count(), 2u);
  EXPECT_EQ(mails.picture(0).rows[0].folded, 4u);
}

TEST_F(FoldsTest, AFlatListHasNone) {
  mails.set_order(sync::Order::kNewestFirst);
  EXPECT_FALSE(mails.fold(Fold::kToggle));
  EXPECT_FALSE(mails.fold_all(Fold::kToggle));
}

}  // namespace
}  // namespace mua::screen
