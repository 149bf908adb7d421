#include "mua/sync/journal.hpp"

#include "tests/mua/sync/store_trial.hpp"

namespace mua::sync {
namespace {

using State = EntryState;

class JournalTest : public StoreTrial {
 protected:
  EntryId send() {
    Outgoing mail;
    mail.sender = "ann@x.test";
    mail.recipients = {"bob@y.test", "eve@y.test"};
    mail.content = "Subject: hi\r\n\r\nhello\r\n";
    mail.message_id = "<m@x.test>";
    mail.subject = "hi";
    return actions.send(mail, kNow);
  }
  static constexpr std::int64_t kLater = kNow * 1000 + kUndoDelay;
};

TEST_F(JournalTest, MovesOnlyAsTheTableSays) {
  const std::vector<MessageId> one{put(1)};
  const EntryId id = *actions.flag(one, "\\Seen", Actions::Change::kSet, kNow);
  EXPECT_THROW(journal.move(id, State::kDone), std::logic_error);
  EXPECT_TRUE(list.row(one[0])->pending);
  journal.move(id, State::kRunning);
  EXPECT_EQ(journal.find(id)->tries, 1u);
  journal.move(id, State::kDone);
  EXPECT_FALSE(list.row(one[0])->pending);
  EXPECT_THROW(journal.move(id, State::kWaiting), std::logic_error);
  EXPECT_THROW(journal.move(99, State::kRunning), std::logic_error);
}

TEST_F(JournalTest, WhatWasTakenBackMeanwhileIsNotBegun) {
  const EntryId kept = send(), gone = send();
  ASSERT_TRUE(journal.next_to_send(kLater));
  ASSERT_TRUE(undo.take_back(gone, kNow));
  EXPECT_TRUE(journal.begin(kept));
  EXPECT_EQ(journal.find(kept)->tries, 1u);
  EXPECT_FALSE(journal.begin(kept)) << "it is begun already";
  EXPECT_FALSE(journal.begin(gone));
  EXPECT_EQ(journal.find(gone)->state, State::kUndone);
}

TEST_F(JournalTest, WhatIsRefusedIsTakenBackWithWhatPresumedIt) {
  const std::vector<MessageId> one{put(1)};
  const EntryId moved = *actions.move(one, trash, kNow);
  const EntryId flagged = *actions.flag(one, "\\Seen", Actions::Change::kSet, kNow);
  journal.move(moved, State::kRunning);
  journal.fail(moved, "NO [OVERQUOTA] full", "");
  EXPECT_EQ(list.row(one[0])->folder, inbox);
  EXPECT_EQ(list.row(one[0])->uid, 1u);
  EXPECT_TRUE(list.row(one[0])->unread());
  EXPECT_FALSE(list.row(one[0])->pending);
  EXPECT_EQ(journal.find(flagged)->state, State::kFailed);
  EXPECT_TRUE(journal.unfinished().empty());
}

TEST_F(JournalTest, EntriesAboutOneMessageWaitForEachOther) {
  const std::vector<MessageId> first{put(1)}, second{put(2)};
  const EntryId a = *actions.flag(first, "\\Seen", Actions::Change::kSet, kNow);
  const EntryId b = *actions.move(first, trash, kNow);
  const EntryId c = *actions.flag(second, "\\Seen", Actions::Change::kSet, kNow);
  EXPECT_EQ(journal.next_for_session(kLater)->id, a);
  journal.move(a, State::kRunning);
  EXPECT_EQ(journal.next_for_session(kLater)->id, c);
  journal.move(a, State::kDone);
  EXPECT_EQ(journal.next_for_session(kLater)->id, b);
}

TEST_F(JournalTest, AMailWaitsForItsTime) {
  const EntryId id = send();
  EXPECT_FALSE(journal.next_to_send(kLater - 1));
  EXPECT_EQ(journal.next_due(), kLater);
  EXPECT_EQ(journal.next_to_send(kLater)->id, id);
  EXPECT_FALSE(journal.next_for_session(kLater)) << "there is nothing to file yet";
  journal.move(id, State::kRunning);
  journal.postpone(id, kLater + 5000, "450 later");
  EXPECT_FALSE(journal.next_to_send(kLater + 4999));
  EXPECT_EQ(journal.outbox().at(0).said, "450 later");
}

TEST_F(JournalTest, ASentMailWaitsForItsCopyAndForgetsItsOctets) {
  const EntryId id = send();
  for (const State state : {State::kRunning, State::kHanding, State::kSent})
    journal.move(id, state);
  EXPECT_EQ(journal.next_for_session(kLater)->id, id);
  EXPECT_EQ(journal.content(id), "Subject: hi\r\n\r\nhello\r\n");
  journal.postpone(id, kLater + 1, "no connection");
  EXPECT_EQ(journal.find(id)->state, State::kSent) << "it is not sent again";
  journal.move(id, State::kDone);
  EXPECT_EQ(journal.content(id), "");
  EXPECT_TRUE(journal.outbox().empty());
}

TEST_F(JournalTest, RecipientsWhoWereRefusedGetAnEntryOfTheirOwn) {
  const EntryId id = send();
  journal.move(id, State::kRunning);
  journal.move(id, State::kHanding);
  journal.split(id, {"eve@y.test"}, "550 no", "Correct it");
  EXPECT_EQ(journal.find(id)->state, State::kSent);
  const auto outbox = journal.outbox();
  ASSERT_EQ(outbox.size(), 2u);
  EXPECT_EQ(outbox[1].recipients, std::vector<std::string>{"eve@y.test"});
  EXPECT_EQ(outbox[1].state, State::kFailed);
  EXPECT_FALSE(outbox[1].files_copy);
  EXPECT_EQ(journal.content(outbox[1].id), journal.content(id));
}

TEST_F(JournalTest, AfterAKillNothingIsLostAndNothingSentAgainUnasked) {
  const EntryId running = send(), handing = send();
  journal.move(running, State::kRunning);
  journal.move(handing, State::kRunning);
  journal.move(handing, State::kHanding);
  journal.recover(kNow);
  EXPECT_EQ(journal.find(running)->state, State::kWaiting);
  EXPECT_EQ(journal.find(handing)->state, State::kAsking);
  EXPECT_EQ(journal.next_to_send(kLater)->id, running);
  EXPECT_EQ(journal.next_for_session(kLater)->id, handing) << "Sent is asked first";
}

TEST_F(JournalTest, WhatIsOverIsForgottenInTime) {
  const std::vector<MessageId> one{put(1)};
  const EntryId id = *actions.flag(one, "\\Seen", Actions::Change::kSet, kNow);
  journal.move(id, State::kRunning);
  journal.move(id, State::kDone);
  journal.recover(kNow + 3600);
  EXPECT_TRUE(journal.find(id));
  journal.recover(kNow + 8 * 24 * 3600);
  EXPECT_FALSE(journal.find(id));
}

}  // namespace
}  // namespace mua::sync
