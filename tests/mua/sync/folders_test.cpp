#include "mua/sync/folders.hpp"

#include "tests/mua/sync/store_trial.hpp"

namespace mua::sync {
namespace {

class FoldersTest : public StoreTrial {};

TEST_F(FoldersTest, TakesOverAListAndForgetsWhatIsGone) {
  const FolderId old = folders.require("Old");
  put_into(old, 1);
  EXPECT_TRUE(folders.replace({{"INBOX", "/", {}},
                               {"Gesendet", "/", {"\\Sent"}},
                               {"Sent", "/", {}},
                               {"A/Trash", "/", {"\\HasNoChildren"}},
                               {"B", "/", {"\\Noselect"}}}));
  const std::vector<Folder> all = folders.all();
  ASSERT_EQ(all.size(), 5u);
  EXPECT_EQ(all[0].name, "INBOX");
  EXPECT_EQ(all[1].name, "Gesendet") << "the attribute counts, not the name";
  EXPECT_EQ(all[1].use, SpecialUse::kSent);
  EXPECT_EQ(folders.find("Sent")->use, SpecialUse::kNone);
  EXPECT_EQ(folders.find(SpecialUse::kTrash)->name, "A/Trash");
  EXPECT_FALSE(folders.find("B")->selectable);
  EXPECT_FALSE(folders.find(old));
  EXPECT_EQ(list.count(old), 0u);
  EXPECT_FALSE(folders.replace({{"INBOX", "/", {}},
                                {"Gesendet", "/", {"\\Sent"}},
                                {"Sent", "/", {}},
                                {"A/Trash", "/", {"\\HasNoChildren"}},
                                {"B", "/", {"\\Noselect"}}}))
      << "nothing changed";
}

TEST_F(FoldersTest, CountsAreTheServersUntilAllHeadersAreHere) {
  put(7);
  EXPECT_TRUE(folders.set_counts(inbox, {100, 40}));
  EXPECT_FALSE(folders.set_counts(inbox, {100, 40}));
  EXPECT_EQ(folders.find(inbox)->total, 100u);
  folders.set_sync_point(inbox, {3, 8, 9, 1});
  EXPECT_EQ(folders.sync_point(inbox), (SyncPoint{3, 8, 9, 1}));
  EXPECT_EQ(folders.find(inbox)->total, 1u);
  EXPECT_EQ(folders.find(inbox)->unread, 1u);
}

TEST_F(FoldersTest, TheServersCountsFollowWhatIsDoneMeanwhile) {
  const std::vector<MessageId> two{put(7), put(8)};
  folders.set_counts(inbox, {100, 40});
  actions.flag(two, "\\Seen", Actions::Change::kSet, kNow);
  EXPECT_EQ(folders.find(inbox)->unread, 38u);
  undo.take_back_latest(kNow);
  EXPECT_EQ(folders.find(inbox)->unread, 40u);
  actions.remove(two, kNow);
  EXPECT_EQ(folders.find(inbox)->total, 98u);
  EXPECT_EQ(folders.find(inbox)->unread, 38u);
  EXPECT_EQ(folders.find(trash)->total, 2u);
  put(6);
  EXPECT_EQ(folders.find(inbox)->total, 98u) << "older ones that come had been counted";
  folders.set_counts(inbox, {98, 38});
  EXPECT_EQ(folders.find(inbox)->unread, 38u);
}

TEST_F(FoldersTest, WhatNobodyCountedYetIsNeverLessThanNothing) {
  const MessageId one = put(7);
  store.database().run("DELETE FROM message WHERE id = ?", one);
  EXPECT_EQ(folders.find(inbox)->total, 0u);
  EXPECT_EQ(folders.find(inbox)->unread, 0u);
}

}  // namespace
}  // namespace mua::sync
