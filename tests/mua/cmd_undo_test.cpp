#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mua/deeds.hpp"
#include "tests/mua/local_trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

TEST(CmdUndo, SaysWhenThereIsNothing) {
  Trial trial;
  const Ended ended = trial.mua({"undo"}, {});
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.err, HasSubstr("nothing to take back"));
}

TEST(CmdUndo, TakesFlagsBack) {
  Trial trial;
  const std::string select =
      "C: A2 SELECT INBOX\nS: * 9 EXISTS\nS: * OK [UIDVALIDITY 7]\nS: A2 OK done\n";
  const Ended flagged = trial.mua(
      {"flag", "4", "+flagged"},
      {imap_session(select + "C: A3 UID FETCH 4 (UID)\nS: * 1 FETCH (UID 4)\nS: A3 OK done\n"
                             "C: A4 UID FETCH 4 (UID FLAGS)\nS: * 1 FETCH (UID 4 FLAGS ())\n"
                             "S: A4 OK\nC: A5 UID STORE 4 +FLAGS (\\Flagged)\nS: A5 OK done\n"
                             "C: A6 UID FETCH 4 (UID FLAGS)\nS: A6 OK done\n",
                    "A7")});
  EXPECT_EQ(flagged.code, 0) << flagged.err;
  const Ended ended = trial.mua(
      {"undo"},
      {imap_session(select + "C: A3 UID FETCH 4 (UID)\nS: * 1 FETCH (UID 4)\nS: A3 OK done\n"
                             "C: A4 UID STORE 4 -FLAGS (\\Flagged)\nS: A4 OK done\n",
                    "A5")});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(ended.out, "taken back: flag 1 message\n");
}

TEST(CmdUndo, WhatIsNotThereAnyMoreIsNotTakenBack) {
  Trial trial;
  Account account = loopback_account(1, 2);
  account.settings = trial.folder() / "mua.toml";
  Deed deed;
  deed.label = "flag 1 message";
  deed.flagged = {{{"INBOX", 7, 4}, {}, {mail::kFlagged, {}}}};
  note(account, deed);
  const std::string session = imap_session(
      "C: A2 SELECT INBOX\nS: * OK [UIDVALIDITY 7]\nS: A2 OK\nC: A3 UID FETCH 4 (UID)\nS: A3 OK\n",
      "A9");
  const Ended ended = trial.mua({"undo"}, {session.substr(0, session.find("C: A9"))});
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.err, HasSubstr("there is no message 4"));
}

TEST(CmdUndo, WhatTheServerNeverHeardOfNeedsNone) {
  LocalTrial trial;
  const std::vector<sync::MessageId> one{trial.put(4, "hello")};
  sync::Actions(trial.store).remove(one, 1'900'000'000);
  const Ended ended = trial.mua({"undo"}, {});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("taken back: delete 1 message"));
}

TEST(CmdUndo, WhatTheServerWasToldItIsToldAgain) {
  LocalTrial trial;
  const std::vector<sync::MessageId> one{trial.put(4, "hello")};
  const auto entry =
      sync::Actions(trial.store).flag(one, "\\Seen", sync::Actions::Change::kSet, 1'900'000'000);
  sync::Journal(trial.store).move(*entry, sync::EntryState::kRunning);
  sync::Journal(trial.store).move(*entry, sync::EntryState::kDone);
  const Ended ended = trial.mua({"undo"}, {"S: * BYE not now\n"});
  EXPECT_NE(ended.code, 0);
  EXPECT_THAT(ended.out, HasSubstr("taken back: mark 1 message read"));
}

}  // namespace
}  // namespace mua
