#include "mua/sync/replay.hpp"

#include "tests/mua/sync/talk.hpp"

namespace mua::sync {
namespace {

using State = EntryState;

class ReplayTest : public Talk {
 protected:
  ReplayTest() {
    message_ = put(7);
    folders.set_sync_point(inbox, {3, 8, 0, 1});
    sent_ = folders.require("Sent");
    folders.set_sync_point(sent_, {3, 1, 0, 1});
  }
  static asio::awaitable<void> carry(MailboxSync& mailbox, LocalStore& store, Events& events) {
    Journal journal(store);
    Replay replay(mailbox, store, events, [] { return kNow * 1000; });
    auto entry = journal.next_for_session(kNow * 1000 + kUndoDelay);
    EXPECT_TRUE(entry.has_value());
    if (entry) co_await replay.carry_out(std::move(*entry));
  }
  Step next() {
    return [this](MailboxSync& mailbox) { return carry(mailbox, store, events); };
  }
  static std::string select(const char* tag, const char* name, const char* next) {
    return std::string("C: ") + tag + " SELECT " + name + "\nS: * OK [UIDVALIDITY 3] x\n" +
           "S: * OK [UIDNEXT " + next + "] x\nS: " + tag + " OK in\n";
  }
  EntryId sent_mail() {
    Outgoing mail;
    mail.sender = "ann@x.test";
    mail.recipients = {"bob@y.test"};
    mail.content = "Subject: hi\r\n\r\nhello\r\n";
    mail.message_id = "<m@x.test>";
    mail.answered = message_;
    const EntryId id = actions.send(mail, kNow);
    journal.move(id, State::kRunning);
    journal.move(id, State::kHanding);
    return id;
  }
  std::vector<MessageId> one() const { return {message_}; }

  MessageId message_ = 0;
  FolderId sent_ = 0;
};

TEST_F(ReplayTest, TellsFlags) {
  const EntryId id = *actions.flag(one(), "\\Seen", Actions::Change::kSet, kNow);
  talk(select("A2", "INBOX", "8") +
           "C: A3 UID STORE 7 +FLAGS (\\Seen)\nS: * 1 FETCH (UID 7 FLAGS (\\Seen))\nS: A3 OK\n",
       "A4", "", {next()});
  EXPECT_EQ(journal.find(id)->state, State::kDone);
  EXPECT_FALSE(list.row(message_)->unread());
}

TEST_F(ReplayTest, TellsMovesAndLearnsTheNewUid) {
  actions.move(one(), trash, kNow);
  talk(select("A2", "INBOX", "8") +
           "C: A3 UID MOVE 7 Trash\nS: * OK [COPYUID 9 7 70] x\nS: * 1 EXPUNGE\nS: A3 OK\n",
       "A4", "MOVE UIDPLUS", {next()});
  EXPECT_EQ(list.row(message_)->folder, trash);
  EXPECT_EQ(list.row(message_)->uid, 70u);
  EXPECT_TRUE(journal.unfinished().empty());
}

TEST_F(ReplayTest, MakesTheFolderThatIsMissing) {
  actions.move(one(), trash, kNow);
  talk(select("A2", "INBOX", "8") +
           "C: A3 UID MOVE 7 Trash\nS: A3 NO [TRYCREATE] no\nC: A4 CREATE Trash\nS: A4 OK\n"
           "C: A5 UID MOVE 7 Trash\nS: A5 OK\n",
       "A6", "MOVE UIDPLUS", {next()});
  EXPECT_TRUE(journal.unfinished().empty());
  EXPECT_FALSE(list.row(message_)) << "nobody said where it is: it comes with the next look";
}

TEST_F(ReplayTest, WhatTheServerRefusesIsAsBefore) {
  const EntryId id = *actions.move(one(), trash, kNow);
  talk(select("A2", "INBOX", "8") + "C: A3 UID MOVE 7 Trash\nS: A3 NO [OVERQUOTA] full\n", "A4",
       "MOVE UIDPLUS", {next()});
  EXPECT_EQ(list.row(message_)->folder, inbox);
  EXPECT_EQ(journal.find(id)->state, State::kFailed);
  EXPECT_NE(journal.find(id)->said.find("OVERQUOTA"), std::string::npos);
}

TEST_F(ReplayTest, AServerThatIsBusyIsAskedAgain) {
  const EntryId id = *actions.move(one(), trash, kNow);
  talk(select("A2", "INBOX", "8") + "C: A3 UID MOVE 7 Trash\nS: A3 NO [UNAVAILABLE] later\n", "A4",
       "MOVE UIDPLUS", {next()});
  EXPECT_EQ(journal.find(id)->state, State::kWaiting);
  EXPECT_EQ(list.row(message_)->folder, trash) << "as the person sees it";
}

TEST_F(ReplayTest, ALostConnectionLosesNothing) {
  const EntryId id = *actions.flag(one(), "\\Seen", Actions::Change::kSet, kNow);
  EXPECT_THROW(talk(select("A2", "INBOX", "8") +
                        "C: A3 UID STORE 7 +FLAGS (\\Seen)\nS: * BYE shutting down\n",
                    "", "", {next()}),
               Failure);
  EXPECT_EQ(journal.find(id)->state, State::kWaiting);
  EXPECT_FALSE(list.row(message_)->unread());
}

TEST_F(ReplayTest, RemovesExactlyThese) {
  const std::vector<MessageId> gone{put_into(trash, 9)};
  folders.set_sync_point(trash, {3, 10, 0, 1});
  actions.remove(gone, kNow);
  talk(select("A2", "Trash", "10") +
           "C: A3 UID STORE 9 +FLAGS (\\Deleted)\nS: A3 OK\nC: A4 UID EXPUNGE 9\nS: A4 OK\n",
       "A5", "UIDPLUS", {next()});
  EXPECT_FALSE(list.row(gone[0]));
}

TEST_F(ReplayTest, FilesTheCopyOnceAndMarksWhatWasAnswered) {
  const EntryId id = sent_mail();
  journal.move(id, State::kSent);
  talk(select("A2", "Sent", "1") +
           "C: A3 UID SEARCH HEADER message-id <m@x.test>\nS: * SEARCH\nS: A3 OK\n"
           "C: A4 APPEND Sent (\\Seen) {22+}\nC: Subject: hi\nC: \nC: hello\nC: \nS: A4 OK\n",
       "A5", "", {next()});
  EXPECT_EQ(journal.find(id)->state, State::kDone);
  EXPECT_EQ(list.row(message_)->flags.system, mail::kAnswered);
}

TEST_F(ReplayTest, ACopyThatIsThereIsNotFiledAgain) {
  const EntryId id = sent_mail();
  journal.move(id, State::kSent);
  talk(select("A2", "Sent", "1") +
           "C: A3 UID SEARCH HEADER message-id <m@x.test>\nS: * SEARCH 4\nS: A3 OK\n",
       "A4", "", {next()});
  EXPECT_EQ(journal.find(id)->state, State::kDone);
}

TEST_F(ReplayTest, WhetherAMailWasSentIsAskedOfSent) {
  for (const bool there : {true, false}) {
    const EntryId id = sent_mail();
    journal.move(id, State::kAsking);
    folders.set_sync_point(sent_, {3, 1, 0, 1});
    talk(select("A2", "Sent", "1") + "C: A3 UID SEARCH HEADER message-id <m@x.test>\nS: * SEARCH" +
             (there ? " 4" : "") + "\nS: A3 OK\n",
         "A4", "", {next()});
    EXPECT_EQ(journal.find(id)->state, there ? State::kDone : State::kFailed);
    EXPECT_EQ(journal.find(id)->advice.empty(), there);
    for (const Entry& entry : journal.unfinished()) {
      if (entry.action == Action::kFlag) journal.move(entry.id, State::kUndone);
    }
  }
}

TEST_F(ReplayTest, AppendsWhatIsKept) {
  const EntryId id = actions.append(sent_, {mail::kDraft, {}}, "Subject: x\r\n\r\n", "<d@x>", kNow);
  talk("C: A2 APPEND Sent (\\Draft) {14+}\nC: Subject: x\nC: \nC: \nS: A2 OK\n", "A3", "",
       {next()});
  EXPECT_EQ(journal.find(id)->state, State::kDone);
}

TEST_F(ReplayTest, ADraftTakesThePlaceOfTheOneBefore) {
  const FolderId drafts = folders.require("Drafts");
  folders.set_sync_point(drafts, {3, 10, 0, 1});
  const MessageId before = put_into(drafts, 9);
  const EntryId id = actions.keep_draft(drafts, "Subject: x\r\n\r\n", "<d@x>", kNow);
  talk(select("A2", "Drafts", "10") +
           "C: A3 UID SEARCH HEADER message-id <d@x>\nS: * SEARCH 9\nS: A3 OK\n"
           "C: A4 APPEND Drafts (\\Seen \\Draft) {14+}\nC: Subject: x\nC: \nC: \nS: A4 OK\n"
           "C: A5 UID STORE 9 +FLAGS (\\Deleted)\nS: A5 OK\nC: A6 UID EXPUNGE 9\nS: A6 OK\n",
       "A7", "UIDPLUS", {next()});
  EXPECT_EQ(journal.find(id)->state, State::kDone);
  EXPECT_FALSE(list.row(before));
}

TEST_F(ReplayTest, ADraftThatIsDiscardedGoes) {
  const FolderId drafts = folders.require("Drafts");
  folders.set_sync_point(drafts, {3, 10, 0, 1});
  actions.drop_draft(drafts, "<d@x>", kNow);
  talk(select("A2", "Drafts", "10") +
           "C: A3 UID SEARCH HEADER message-id <d@x>\nS: * SEARCH 9\nS: A3 OK\n"
           "C: A4 UID STORE 9 +FLAGS (\\Deleted)\nS: A4 OK\nC: A5 UID EXPUNGE 9\nS: A5 OK\n",
       "A6", "UIDPLUS", {next()});
}

TEST_F(ReplayTest, WhatIsSentLeavesDrafts) {
  const FolderId drafts = folders.require("Drafts");
  journal.move(actions.keep_draft(drafts, "x", "<m@x.test>", kNow), State::kRunning);
  journal.move(journal.unfinished().at(0).id, State::kDone);
  const EntryId id = sent_mail();
  journal.move(id, State::kSent);
  talk(select("A2", "Sent", "1") +
           "C: A3 UID SEARCH HEADER message-id <m@x.test>\nS: * SEARCH 4\nS: A3 OK\n",
       "A4", "", {next()});
  ASSERT_FALSE(journal.unfinished().empty());
  EXPECT_EQ(journal.unfinished().back().label, "remove a draft");
}

}  // namespace
}  // namespace mua::sync
