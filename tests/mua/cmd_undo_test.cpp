#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
      {imap_session(select + "C: A3 UID STORE 4 -FLAGS (\\Flagged)\nS: A3 OK done\n", "A4")});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(ended.out, "taken back: flag 1 message\n");
}

TEST(CmdUndo, WhatTheScreenDidIsTakenBackHereEvenWithoutAServer) {
  LocalTrial trial;
  const std::vector<sync::MessageId> one{trial.put(4, "hello")};
  sync::Actions(trial.store).remove(one, 1'900'000'000);
  const Ended ended = trial.mua({"undo"}, {"S: * BYE not now\n"});
  EXPECT_NE(ended.code, 0);
  EXPECT_THAT(ended.out, HasSubstr("taken back: delete 1 message"));
}

}  // namespace
}  // namespace mua
