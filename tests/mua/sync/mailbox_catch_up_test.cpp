#include "tests/mua/sync/talk.hpp"

namespace mua::sync {
namespace {

class MailboxCatchUpTest : public Talk {
 protected:
  /// Headers as they were at the last visit.
  void seen(std::uint32_t first, std::uint32_t last, std::uint64_t modseq) {
    for (std::uint32_t uid = first; uid <= last; ++uid) put(uid);
    folders.set_sync_point(inbox, {3, last + 1, modseq, 1});
  }
};

TEST_F(MailboxCatchUpTest, BeginsWithTheNewestAndGoesDown) {
  std::string newest;
  for (std::uint32_t i = 2; i <= 61; ++i) newest += header(i, 100 + i, "");
  talk(std::string("C: A2 SELECT INBOX\nS: * 61 EXISTS\nS: * OK [UIDVALIDITY 3] x\n") +
           "S: * OK [UIDNEXT 162] x\nS: A2 OK in\nC: A3 FETCH 2:61 " + kItems + "\n" + newest +
           "S: A3 OK\nC: A4 UID FETCH 1:101 " + kItems + "\n" + header(1, 101, "\\Seen") +
           "S: A4 OK\n",
       "A5", "", {enter(inbox), catch_up, backfill});
  EXPECT_EQ(list.count(inbox), 61u);
  EXPECT_EQ(list.unread(inbox), 60u);
  EXPECT_EQ(folders.sync_point(inbox), (SyncPoint{3, 162, 0, 1}));
  EXPECT_EQ(folders.find(inbox)->synced_at, kNow);
}

TEST_F(MailboxCatchUpTest, WithCondstoreWhatVanishedIsLookedFor) {
  seen(1, 3, 50);
  talk(
      "C: A2 SELECT INBOX (CONDSTORE)\nS: * 2 EXISTS\nS: * OK [UIDVALIDITY 3] x\n"
      "S: * OK [UIDNEXT 4] x\nS: * OK [HIGHESTMODSEQ 60] x\nS: A2 OK in\n"
      "C: A3 UID FETCH 1:3 (UID FLAGS) (CHANGEDSINCE 50)\n"
      "S: * 1 FETCH (UID 1 FLAGS (\\Flagged) MODSEQ (60))\nS: A3 OK\n"
      "C: A4 UID SEARCH RETURN (ALL) UID 1:3\nS: * ESEARCH (TAG \"A4\") UID ALL 1,3\nS: A4 OK\n",
      "A5", "CONDSTORE ESEARCH", {enter(inbox), catch_up});
  EXPECT_EQ(list.count(inbox), 2u);
  EXPECT_EQ(list.row(*list.find(inbox, 1))->flags.system, mail::kFlagged);
}

TEST_F(MailboxCatchUpTest, WithoutEitherAllFlagsAreTold) {
  seen(1, 3, 0);
  talk(
      "C: A2 SELECT INBOX\nS: * 2 EXISTS\nS: * OK [UIDVALIDITY 3] x\nS: * OK [UIDNEXT 4] x\n"
      "S: A2 OK in\nC: A3 UID FETCH 1:3 (UID FLAGS)\nS: * 1 FETCH (UID 1 FLAGS (\\Seen))\n"
      "S: * 2 FETCH (UID 3 FLAGS ())\nS: A3 OK\n",
      "A4", "", {enter(inbox), catch_up});
  EXPECT_EQ(list.count(inbox), 2u);
  EXPECT_EQ(list.unread(inbox), 1u);
}

TEST_F(MailboxCatchUpTest, TheTimeOfTheLastLookGoesOnWhileNothingChanges) {
  seen(1, 3, 50);
  std::vector<std::int64_t> told;
  const auto later = [&](std::int64_t seconds) {
    return [&, seconds](MailboxSync& mailbox) {
      told.push_back(folders.find(inbox)->synced_at);
      clock += seconds;
      return catch_up(mailbox);
    };
  };
  talk(
      "C: A2 SELECT INBOX (CONDSTORE)\nS: * 3 EXISTS\nS: * OK [UIDVALIDITY 3] x\n"
      "S: * OK [UIDNEXT 4] x\nS: * OK [HIGHESTMODSEQ 50] x\nS: A2 OK in\n",
      "A3", "CONDSTORE", {enter(inbox), catch_up, later(59), later(1), later(0)});
  EXPECT_EQ(told, (std::vector<std::int64_t>{kNow, kNow, kNow + 60}));
}

TEST_F(MailboxCatchUpTest, NothingChangedIsNothingAsked) {
  seen(1, 3, 50);
  talk(
      "C: A2 SELECT INBOX (CONDSTORE)\nS: * 3 EXISTS\nS: * OK [UIDVALIDITY 3] x\n"
      "S: * OK [UIDNEXT 4] x\nS: * OK [HIGHESTMODSEQ 50] x\nS: A2 OK in\n",
      "A3", "CONDSTORE", {enter(inbox), catch_up, backfill});
  EXPECT_EQ(list.count(inbox), 3u);
}

}  // namespace
}  // namespace mua::sync
