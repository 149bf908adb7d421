#include "mua/sync/actions.hpp"

#include "mua/sync/people.hpp"
#include "tests/mua/sync/store_trial.hpp"

namespace mua::sync {
namespace {

class ActionsTest : public StoreTrial {};

TEST_F(ActionsTest, FlagsThoseThatLackIt) {
  const std::vector<MessageId> two{put(1), put(2)};
  writer.set_flags(inbox, 1, {mail::kSeen, {}});
  const auto id = actions.flag(two, "\\Seen", Actions::Change::kSet, kNow);
  ASSERT_TRUE(id);
  EXPECT_EQ(journal.messages(*id), (std::vector<EntryMessage>{{two[1], 2}}));
  EXPECT_EQ(list.unread(inbox), 0u);
  EXPECT_FALSE(actions.flag(two, "\\Seen", Actions::Change::kSet, kNow));
  EXPECT_EQ(undo.label(), "mark 1 message read");
}

TEST_F(ActionsTest, DeletingInTrashIsForGoodAfterAWhile) {
  const std::vector<MessageId> two{put(1), put_into(trash, 9)};
  const auto id = actions.remove(two, kNow);
  EXPECT_EQ(list.count(trash), 1u);
  const auto entry = journal.find(*id);
  EXPECT_EQ(entry->action, Action::kExpunge);
  EXPECT_FALSE(journal.next_for_session(kNow * 1000)->action == Action::kExpunge);
  EXPECT_EQ(undo.take_back_latest(kNow)->messages.size(), 2u) << "one deed, one undo";
  EXPECT_EQ(list.row(two[1])->folder, trash);
  EXPECT_EQ(list.row(two[1])->uid, 9u);
}

TEST_F(ActionsTest, AMailWaitsAsLongAsItSays) {
  Outgoing patient = mail();
  patient.wait = std::chrono::minutes(2);
  const EntryId id = actions.send(patient, kNow);
  EXPECT_FALSE(journal.next_to_send(kNow * 1000 + 119'999));
  EXPECT_EQ(journal.next_to_send(kNow * 1000 + 120'000)->id, id);
  Outgoing hasty = mail();
  hasty.wait = std::chrono::seconds(0);
  const EntryId at_once = actions.send(hasty, kNow);
  EXPECT_EQ(journal.next_to_send(kNow * 1000)->id, at_once);
}

TEST_F(ActionsTest, ThoseWrittenToAreRemembered) {
  actions.send(mail(), kNow);
  EXPECT_EQ(People(store).complete("bob", 1).at(0).address, "bob@y.test");
}

TEST_F(ActionsTest, WhatReturnedIsOnDiskAndSeenByOthers) {
  const std::vector<MessageId> one{put(1)};
  actions.flag(one, "$work", Actions::Change::kSet, kNow);
  LocalStore other(store.file());
  EXPECT_EQ(Journal(other).unfinished().size(), 1u);
  EXPECT_EQ(MessageList(other).row(one[0])->flags.keywords, std::vector<std::string>{"$work"});
}

TEST_F(ActionsTest, OfADraftOnlyTheLatestIsTold) {
  const FolderId drafts = folders.require("Drafts");
  const EntryId one = actions.keep_draft(drafts, "one", "<d@x>", kNow);
  const EntryId other = actions.keep_draft(drafts, "other", "<e@x>", kNow);
  const EntryId two = actions.keep_draft(drafts, "two", "<d@x>", kNow);
  EXPECT_EQ(journal.find(one)->state, EntryState::kUndone);
  EXPECT_EQ(journal.content(one), "");
  EXPECT_EQ(journal.find(other)->state, EntryState::kWaiting);
  EXPECT_EQ(journal.content(two), "two");
  EXPECT_EQ(journal.find(two)->flags.system, mail::kDraft | mail::kSeen);
  EXPECT_EQ(actions.kept_drafts("<d@x>"), std::vector<FolderId>{drafts});
  EXPECT_TRUE(actions.kept_drafts("<f@x>").empty());
  // Nothing of it is for undo.
  EXPECT_FALSE(undo.take_back_latest(kNow));
}

}  // namespace
}  // namespace mua::sync
