#include "mua/sync/actions.hpp"

#include "mua/sync/drafts.hpp"
#include "mua/sync/people.hpp"
#include "tests/mua/sync/store_trial.hpp"

namespace mua::sync {
namespace {

using State = EntryState;

class ActionsTest : public StoreTrial {
 protected:
  void finish(EntryId id) {
    journal.move(id, State::kRunning);
    journal.move(id, State::kDone);
  }
  Outgoing mail(DraftId draft) {
    Outgoing out;
    out.sender = "ann@x.test";
    out.recipients = {"bob@y.test"};
    out.content = "Subject: hi\r\n\r\nhello\r\n";
    out.message_id = "<m@x.test>";
    out.subject = "hi";
    out.draft = draft;
    return out;
  }
};

TEST_F(ActionsTest, FlagsThoseThatLackIt) {
  const std::vector<MessageId> two{put(1), put(2)};
  writer.set_flags(inbox, 1, {mail::kSeen, {}});
  const auto id = actions.flag(two, "\\Seen", Actions::Change::kSet, kNow);
  ASSERT_TRUE(id);
  EXPECT_EQ(journal.messages(*id), (std::vector<EntryMessage>{{two[1], 2}}));
  EXPECT_EQ(list.unread(inbox), 0u);
  EXPECT_FALSE(actions.flag(two, "\\Seen", Actions::Change::kSet, kNow));
  EXPECT_EQ(actions.undo_label(), "mark 1 message read");
}

TEST_F(ActionsTest, UndoOfWhatWaitsTellsTheServerNothing) {
  const std::vector<MessageId> two{put(1), put(2)};
  actions.remove(two, kNow);
  EXPECT_EQ(list.count(inbox), 0u);
  EXPECT_EQ(list.count(trash), 2u);
  const auto undone = actions.undo(kNow);
  ASSERT_TRUE(undone);
  EXPECT_EQ(undone->what, "delete 2 messages");
  EXPECT_EQ(undone->messages.size(), 2u);
  EXPECT_EQ(undone_text(*undone), "taken back: delete 2 messages");
  EXPECT_EQ(list.count(inbox), 2u);
  EXPECT_EQ(list.row(two[0])->uid, 1u);
  EXPECT_TRUE(journal.unfinished().empty());
  EXPECT_FALSE(list.row(two[0])->pending);
  EXPECT_FALSE(actions.undo(kNow));
}

TEST_F(ActionsTest, UndoOfWhatIsDoneIsTheOpposite) {
  const MessageId id = put(1);
  const std::vector<MessageId> one{id};
  const EntryId moved = *actions.move(one, trash, kNow);
  finish(moved);
  writer.placed(id, trash, 70);
  ASSERT_TRUE(actions.undo(kNow));
  const auto entries = journal.unfinished();
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].folder, trash);
  EXPECT_EQ(entries[0].target, inbox);
  EXPECT_EQ(journal.messages(entries[0].id).at(0).uid, 70u);
  EXPECT_EQ(list.row(id)->folder, inbox);
  EXPECT_FALSE(actions.undo(kNow)) << "undo is not undone";
}

TEST_F(ActionsTest, UndoTellsWhatItCouldNotTakeBack) {
  const std::vector<MessageId> two{put(1), put(2)};
  const FolderId archive = folders.require("Archive");
  const EntryId moved = *actions.move(two, archive, kNow);
  finish(moved);
  writer.placed(two[0], archive, 70);
  writer.placed(two[1], archive, 71);
  writer.vanish(archive, mail::SequenceSet::of({71}));
  const auto undone = actions.undo(kNow);
  ASSERT_TRUE(undone);
  EXPECT_EQ(undone->messages, std::vector<MessageId>{two[0]});
  EXPECT_EQ(undone_text(*undone),
            "taken back: move 2 messages to Archive, but for 1 moved or gone since");
  EXPECT_FALSE(undone->nothing());
}

TEST_F(ActionsTest, UndoOfWhatIsGoneTakesNothingBackAndSaysSo) {
  const std::vector<MessageId> one{put(1)};
  actions.flag(one, "\\Flagged", Actions::Change::kSet, kNow - 1);
  finish(*actions.remove(one, kNow));
  writer.lost_sight(one[0], trash);
  const auto undone = actions.undo(kNow);
  ASSERT_TRUE(undone && undone->nothing());
  EXPECT_EQ(undone_text(*undone), "delete 1 message can't be taken back: moved or gone since");
  EXPECT_EQ(actions.undo_label(), "flag 1 message") << "what was done before is next";
  EXPECT_EQ(journal.unfinished().size(), 1u) << "the server is told nothing of it";
}

TEST_F(ActionsTest, UndoGoesBackActionByAction) {
  const std::vector<MessageId> one{put(1)};
  actions.flag(one, "\\Seen", Actions::Change::kSet, kNow);
  actions.flag(one, "\\Flagged", Actions::Change::kSet, kNow);
  EXPECT_EQ(actions.undo(kNow)->what, "flag 1 message");
  EXPECT_EQ(list.row(one[0])->flags.system, mail::kSeen);
  EXPECT_EQ(actions.undo(kNow)->what, "mark 1 message read");
  EXPECT_EQ(list.row(one[0])->flags.system, 0);
}

TEST_F(ActionsTest, DeletingInTrashIsForGoodAfterAWhile) {
  const std::vector<MessageId> two{put(1), put_into(trash, 9)};
  const auto id = actions.remove(two, kNow);
  EXPECT_EQ(list.count(trash), 1u);
  const auto entry = journal.find(*id);
  EXPECT_EQ(entry->action, Action::kExpunge);
  EXPECT_FALSE(journal.next_for_session(kNow * 1000)->action == Action::kExpunge);
  EXPECT_EQ(actions.undo(kNow)->messages.size(), 2u) << "one deed, one undo";
  EXPECT_EQ(list.row(two[1])->folder, trash);
  EXPECT_EQ(list.row(two[1])->uid, 9u);
}

TEST_F(ActionsTest, AMailThatWaitsCanBeADraftAgain) {
  Drafts drafts(store);
  const DraftId draft = drafts.save(0, "my words", kNow);
  actions.send(mail(draft), kNow);
  EXPECT_TRUE(drafts.all().empty());
  EXPECT_EQ(actions.undo_label(), "send hi");
  const auto undone = actions.undo(kNow);
  EXPECT_EQ(undone->draft, draft);
  EXPECT_EQ(drafts.all().at(0).content, "my words");
  EXPECT_TRUE(journal.outbox().empty());
}

TEST_F(ActionsTest, AMailOnItsWayCanNot) {
  const EntryId id = actions.send(mail(0), kNow);
  journal.move(id, State::kRunning);
  EXPECT_FALSE(actions.undo(kNow));
  EXPECT_FALSE(actions.take_back(id, kNow));
}

TEST_F(ActionsTest, AMailWaitsAsLongAsItSays) {
  Outgoing patient = mail(0);
  patient.wait = std::chrono::minutes(2);
  const EntryId id = actions.send(patient, kNow);
  EXPECT_FALSE(journal.next_to_send(kNow * 1000 + 119'999));
  EXPECT_EQ(journal.next_to_send(kNow * 1000 + 120'000)->id, id);
  Outgoing hasty = mail(0);
  hasty.wait = std::chrono::seconds(0);
  const EntryId at_once = actions.send(hasty, kNow);
  EXPECT_EQ(journal.next_to_send(kNow * 1000)->id, at_once);
}

TEST_F(ActionsTest, AMailThatIsGoneIsToldOnce) {
  const std::vector<MessageId> one{put(1)};
  actions.flag(one, "\\Flagged", Actions::Change::kSet, kNow);
  const EntryId id = actions.send(mail(0), kNow);
  EXPECT_FALSE(actions.next_gone(0)) << "it waits";
  journal.move(id, State::kRunning);
  EXPECT_FALSE(actions.next_gone(kNow + 1)) << "something else was done later";
  EXPECT_EQ(actions.next_gone(kNow), "hi");
  EXPECT_FALSE(actions.next_gone(kNow));
  EXPECT_EQ(actions.undo(kNow)->what, "flag 1 message");
}

TEST_F(ActionsTest, WhatWasDoneAfterAMailComesFirst) {
  journal.move(actions.send(mail(0), kNow), State::kRunning);
  const std::vector<MessageId> one{put(1)};
  actions.flag(one, "\\Flagged", Actions::Change::kSet, kNow);
  EXPECT_FALSE(actions.next_gone(kNow));
  ASSERT_TRUE(actions.undo(kNow));
  EXPECT_EQ(actions.next_gone(0), "hi");
}

TEST_F(ActionsTest, AFailedMailIsSentAgainOrTakenBack) {
  const EntryId id = actions.send(mail(0), kNow);
  journal.move(id, State::kRunning);
  journal.fail(id, "550 no such user", "Correct the address");
  EXPECT_EQ(journal.outbox().at(0).said, "550 no such user");
  actions.send_now(id, kNow + 60);
  EXPECT_EQ(journal.next_to_send((kNow + 60) * 1000)->id, id);
  journal.move(id, State::kRunning);
  journal.fail(id, "550 no such user", "Correct the address");
  const auto undone = actions.take_back(id, kNow);
  ASSERT_TRUE(undone && undone->draft);
  EXPECT_EQ(Drafts(store).find(*undone->draft)->content, "Subject: hi\r\n\r\nhello\r\n")
      << "there was no draft: the mail is one";
}

TEST_F(ActionsTest, ThoseWrittenToAreRemembered) {
  actions.send(mail(0), kNow);
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
  EXPECT_FALSE(actions.undo(kNow));
}

TEST_F(ActionsTest, AMailThatIsNoDraftIsGoneWhenTakenBack) {
  Outgoing mail;
  mail.sender = "ann@x.test";
  mail.recipients = {"bob@y.test"};
  mail.content = "Subject: Accepted\r\n\r\n";
  mail.taken_back = Outgoing::TakenBack::kGone;
  actions.send(mail, kNow);
  const auto undone = actions.undo(kNow);
  ASSERT_TRUE(undone);
  EXPECT_FALSE(undone->draft);
  EXPECT_TRUE(journal.outbox().empty());
  EXPECT_EQ(store.database().integer("SELECT count(*) FROM draft"), 0);
}

}  // namespace
}  // namespace mua::sync
