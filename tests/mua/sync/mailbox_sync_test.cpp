#include "mua/sync/mailbox_sync.hpp"

#include "tests/mua/sync/talk.hpp"

namespace mua::sync {
namespace {

class MailboxSyncTest : public Talk {
 protected:
  /// Headers as they were at the last visit.
  void seen(std::uint32_t first, std::uint32_t last, std::uint64_t modseq) {
    for (std::uint32_t uid = first; uid <= last; ++uid) put(uid);
    folders.set_sync_point(inbox, {3, last + 1, modseq, 1});
  }
};

TEST_F(MailboxSyncTest, AServerThatCanGivesTheNewestInOneRoundTrip) {
  talk(std::string("C: A2 ENABLE QRESYNC\nC: A3 SELECT INBOX (CONDSTORE)\nC: A4 UID FETCH 1:* ") +
           kItems + " (PARTIAL -1:-60)\nS: * ENABLED QRESYNC\nS: A2 OK\nS: * 1 EXISTS\n" +
           "S: * OK [UIDVALIDITY 3] x\nS: * OK [UIDNEXT 8] x\nS: * OK [HIGHESTMODSEQ 50] x\n" +
           "S: A3 OK in\n" + header(1, 7, "") + "S: A4 OK\n",
       "A5", "ENABLE QRESYNC CONDSTORE PARTIAL", {enter(inbox), catch_up});
  EXPECT_EQ(list.count(inbox), 1u);
  EXPECT_EQ(folders.sync_point(inbox), (SyncPoint{3, 8, 50, 1}));
}

TEST_F(MailboxSyncTest, QresyncTellsAllThatChangedAtOnce) {
  seen(1, 5, 50);
  talk(std::string("C: A2 ENABLE QRESYNC\nC: A3 SELECT INBOX (QRESYNC (3 50))\n") +
           "S: * ENABLED QRESYNC\nS: A2 OK\nS: * 5 EXISTS\nS: * OK [UIDVALIDITY 3] x\n" +
           "S: * OK [UIDNEXT 7] x\nS: * OK [HIGHESTMODSEQ 60] x\nS: * VANISHED (EARLIER) 2\n" +
           "S: * 3 FETCH (UID 4 FLAGS (\\Seen) MODSEQ (55))\nS: A3 OK in\nC: A4 UID FETCH 6 " +
           kItems + "\n" + header(5, 6, "") + "S: A4 OK\n",
       "A5", "ENABLE QRESYNC", {enter(inbox), catch_up});
  EXPECT_EQ(list.count(inbox), 5u);
  EXPECT_FALSE(list.find(inbox, 2));
  EXPECT_FALSE(list.row(*list.find(inbox, 4))->unread());
  EXPECT_EQ(folders.sync_point(inbox), (SyncPoint{3, 7, 60, 1}));
  bool announced = false;
  for (const Event& event : events.take()) announced |= std::holds_alternative<NewMail>(event);
  EXPECT_TRUE(announced);
}

TEST_F(MailboxSyncTest, AFolderMadeAnewIsReadAnew) {
  seen(1, 3, 0);
  talk(std::string("C: A2 SELECT INBOX\nS: * 1 EXISTS\nS: * OK [UIDVALIDITY 4] x\n") +
           "S: * OK [UIDNEXT 2] x\nS: A2 OK in\nC: A3 FETCH 1 " + kItems + "\n" +
           header(1, 1, "\\Seen") + "S: A3 OK\n",
       "A4", "", {enter(inbox), catch_up});
  EXPECT_EQ(list.count(inbox), 1u);
  EXPECT_EQ(list.unread(inbox), 0u);
}

TEST_F(MailboxSyncTest, WhatIsSaidInAnIdleIsTakenOver) {
  seen(1, 2, 0);
  const auto said = [](MailboxSync& mailbox) -> asio::awaitable<void> {
    co_await mailbox.ask(mail::imap::noop());
  };
  talk(std::string("C: A2 SELECT INBOX\nS: * 2 EXISTS\nS: * OK [UIDVALIDITY 3] x\n") +
           "S: * OK [UIDNEXT 3] x\nS: A2 OK in\nC: A3 UID FETCH 1:2 (UID FLAGS)\n" +
           "S: * 1 FETCH (UID 1 FLAGS ())\nS: * 2 FETCH (UID 2 FLAGS ())\nS: A3 OK\n" +
           "C: A4 NOOP\nS: * 1 EXPUNGE\nS: * 1 FETCH (FLAGS (\\Seen))\nS: * 2 EXISTS\n" +
           "S: * OK [ALERT] going down\nS: A4 OK\nC: A5 FETCH 1 (UID FLAGS)\n" +
           "S: * 1 FETCH (UID 2 FLAGS (\\Seen))\nS: A5 OK\nC: A6 UID FETCH 3:* " + kItems + "\n" +
           header(2, 3, "") + "S: A6 OK\nC: A7 UID SEARCH UID 1:3\nS: * SEARCH 2 3\nS: A7 OK\n",
       "A8", "", {enter(inbox), catch_up, said, catch_up});
  EXPECT_EQ(list.count(inbox), 2u);
  EXPECT_FALSE(list.find(inbox, 1));
  EXPECT_FALSE(list.row(*list.find(inbox, 2))->unread());
  bool told = false;
  for (const Event& event : events.take()) told |= std::holds_alternative<Notice>(event);
  EXPECT_TRUE(told);
}

TEST_F(MailboxSyncTest, AFolderThatIsGoneIsAFailure) {
  EXPECT_THROW(talk("C: A2 SELECT Trash\nS: A2 NO [NONEXISTENT] no\n", "A3", "", {enter(trash)}),
               Failure);
}

}  // namespace
}  // namespace mua::sync
