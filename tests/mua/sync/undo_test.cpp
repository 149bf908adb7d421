#include "mua/sync/undo.hpp"

#include "mua/sync/drafts.hpp"
#include "tests/mua/sync/store_trial.hpp"

namespace mua::sync {
namespace {

using State = EntryState;

class UndoTest : public StoreTrial {
 protected:
  void finish(EntryId id) {
    journal.move(id, State::kRunning);
    journal.move(id, State::kDone);
  }
};

TEST_F(UndoTest, OfWhatWaitsTellsTheServerNothing) {
  const std::vector<MessageId> two{put(1), put(2)};
  actions.remove(two, kNow);
  EXPECT_EQ(list.count(inbox), 0u);
  EXPECT_EQ(list.count(trash), 2u);
  const auto undone = undo.take_back_latest(kNow);
  ASSERT_TRUE(undone);
  EXPECT_EQ(undone->what, "delete 2 messages");
  EXPECT_EQ(undone->messages.size(), 2u);
  EXPECT_EQ(undone_text(*undone), "taken back: delete 2 messages");
  EXPECT_EQ(list.count(inbox), 2u);
  EXPECT_EQ(list.row(two[0])->uid, 1u);
  EXPECT_TRUE(journal.unfinished().empty());
  EXPECT_FALSE(list.row(two[0])->pending);
  EXPECT_FALSE(undo.take_back_latest(kNow));
}

TEST_F(UndoTest, OfWhatIsDoneIsTheOpposite) {
  const MessageId id = put(1);
  const std::vector<MessageId> one{id};
  const EntryId moved = *actions.move(one, trash, kNow);
  finish(moved);
  writer.placed(id, trash, 70);
  ASSERT_TRUE(undo.take_back_latest(kNow));
  const auto entries = journal.unfinished();
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].folder, trash);
  EXPECT_EQ(entries[0].target, inbox);
  EXPECT_EQ(journal.messages(entries[0].id).at(0).uid, 70u);
  EXPECT_EQ(list.row(id)->folder, inbox);
  EXPECT_FALSE(undo.take_back_latest(kNow)) << "undo is not undone";
}

TEST_F(UndoTest, TellsWhatItCouldNotTakeBack) {
  const std::vector<MessageId> two{put(1), put(2)};
  const FolderId archive = folders.require("Archive");
  const EntryId moved = *actions.move(two, archive, kNow);
  finish(moved);
  writer.placed(two[0], archive, 70);
  writer.placed(two[1], archive, 71);
  writer.vanish(archive, mail::SequenceSet::of({71}));
  const auto undone = undo.take_back_latest(kNow);
  ASSERT_TRUE(undone);
  EXPECT_EQ(undone->messages, std::vector<MessageId>{two[0]});
  EXPECT_EQ(undone_text(*undone),
            "taken back: move 2 messages to Archive, but for 1 moved or gone since");
  EXPECT_FALSE(undone->nothing());
}

TEST_F(UndoTest, OfWhatIsGoneTakesNothingBackAndSaysSo) {
  const std::vector<MessageId> one{put(1)};
  actions.flag(one, "\\Flagged", Actions::Change::kSet, kNow - 1);
  finish(*actions.remove(one, kNow));
  writer.lost_sight(one[0], trash);
  const auto undone = undo.take_back_latest(kNow);
  ASSERT_TRUE(undone && undone->nothing());
  EXPECT_EQ(undone_text(*undone), "delete 1 message can't be taken back: moved or gone since");
  EXPECT_EQ(undo.label(), "flag 1 message") << "what was done before is next";
  EXPECT_EQ(journal.unfinished().size(), 1u) << "the server is told nothing of it";
}

TEST_F(UndoTest, GoesBackActionByAction) {
  const std::vector<MessageId> one{put(1)};
  actions.flag(one, "\\Seen", Actions::Change::kSet, kNow);
  actions.flag(one, "\\Flagged", Actions::Change::kSet, kNow);
  EXPECT_EQ(undo.take_back_latest(kNow)->what, "flag 1 message");
  EXPECT_EQ(list.row(one[0])->flags.system, mail::kSeen);
  EXPECT_EQ(undo.take_back_latest(kNow)->what, "mark 1 message read");
  EXPECT_EQ(list.row(one[0])->flags.system, 0);
}

TEST_F(UndoTest, AMailThatWaitsCanBeADraftAgain) {
  Drafts drafts(store);
  const DraftId draft = drafts.save(0, "my words", kNow);
  actions.send(mail(draft), kNow);
  EXPECT_TRUE(drafts.all().empty());
  EXPECT_EQ(undo.label(), "send hi");
  const auto undone = undo.take_back_latest(kNow);
  EXPECT_EQ(undone->draft, draft);
  EXPECT_EQ(drafts.all().at(0).content, "my words");
  EXPECT_TRUE(journal.outbox().empty());
}

TEST_F(UndoTest, AMailOnItsWayCanNot) {
  const EntryId id = actions.send(mail(), kNow);
  journal.move(id, State::kRunning);
  EXPECT_FALSE(undo.take_back_latest(kNow));
  EXPECT_FALSE(undo.take_back(id, kNow));
}

TEST_F(UndoTest, AMailThatIsGoneIsToldOnce) {
  const std::vector<MessageId> one{put(1)};
  actions.flag(one, "\\Flagged", Actions::Change::kSet, kNow);
  const EntryId id = actions.send(mail(), kNow);
  EXPECT_FALSE(undo.next_gone(0)) << "it waits";
  journal.move(id, State::kRunning);
  EXPECT_FALSE(undo.next_gone(kNow + 1)) << "something else was done later";
  EXPECT_EQ(undo.next_gone(kNow), "hi");
  EXPECT_FALSE(undo.next_gone(kNow));
  EXPECT_EQ(undo.take_back_latest(kNow)->what, "flag 1 message");
}

TEST_F(UndoTest, WhatWasDoneAfterAMailComesFirst) {
  journal.move(actions.send(mail(), kNow), State::kRunning);
  const std::vector<MessageId> one{put(1)};
  actions.flag(one, "\\Flagged", Actions::Change::kSet, kNow);
  EXPECT_FALSE(undo.next_gone(kNow));
  ASSERT_TRUE(undo.take_back_latest(kNow));
  EXPECT_EQ(undo.next_gone(0), "hi");
}

TEST_F(UndoTest, AMailThatIsNoDraftIsGoneWhenTakenBack) {
  Outgoing mail;
  mail.sender = "ann@x.test";
  mail.recipients = {"bob@y.test"};
  mail.content = "Subject: Accepted\r\n\r\n";
  mail.taken_back = Outgoing::TakenBack::kGone;
  actions.send(mail, kNow);
  const auto undone = undo.take_back_latest(kNow);
  ASSERT_TRUE(undone);
  EXPECT_FALSE(undone->draft);
  EXPECT_TRUE(journal.outbox().empty());
  EXPECT_EQ(store.database().integer("SELECT count(*) FROM draft"), 0);
}

TEST_F(UndoTest, AFailedMailIsSentAgainOrTakenBack) {
  const EntryId id = actions.send(mail(), kNow);
  journal.move(id, State::kRunning);
  journal.fail(id, "550 no such user", "Correct the address");
  EXPECT_EQ(journal.outbox().at(0).said, "550 no such user");
  actions.send_now(id, kNow + 60);
  EXPECT_EQ(journal.next_to_send((kNow + 60) * 1000)->id, id);
  journal.move(id, State::kRunning);
  journal.fail(id, "550 no such user", "Correct the address");
  const auto undone = undo.take_back(id, kNow);
  ASSERT_TRUE(undone && undone->draft);
  EXPECT_EQ(Drafts(store).find(*undone->draft)->content, "Subject: hi\r\n\r\nhello\r\n")
      << "there was no draft: the mail is one";
}

}  // namespace
}  // namespace mua::sync
