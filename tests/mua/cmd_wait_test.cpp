#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mua/trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

constexpr const char* kExamine =
    "C: A2 EXAMINE INBOX\nS: * 2 EXISTS\nS: * OK [UIDVALIDITY 3] x\nS: A2 OK done\nC: A3 IDLE\n"
    "S: + idling\n";

TEST(CmdWait, ListsWhatComes) {
  Trial trial;
  const Ended ended = trial.mua(
      {"wait"},
      {imap_session(std::string(kExamine) +
                        "S: * 1 EXPUNGE\nC: DONE\nS: A3 OK\nC: A4 IDLE\nS: + idling\n"
                        "S: * 2 EXISTS\nC: DONE\nS: A4 OK\n"
                        "C: A5 FETCH 2:* (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)\n"
                        "S: * 2 FETCH (UID 9 FLAGS () INTERNALDATE \"17-Jul-1996 02:44:25 +0000\" "
                        "ENVELOPE (NIL \"news\" NIL NIL NIL NIL NIL NIL NIL NIL))\nS: A5 OK\n",
                    "A6", "IDLE")});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("news"));
}

TEST(CmdWait, WhatCameWhileTheServerWasAwayIsNotMissed) {
  Trial trial;
  const std::string login = imap_session("", "A9", "IDLE");
  const std::string first = login.substr(0, login.find("C: A9")) +
                            "C: A2 EXAMINE INBOX\nS: * 2 EXISTS\nS: * OK [UIDVALIDITY 3] x\n"
                            "S: * OK [UIDNEXT 9] x\nS: A2 OK\nC: A3 IDLE\nS: + idling\n";
  const Ended ended = trial.mua(
      {"wait", "--json"},
      {first,
       imap_session("C: A2 EXAMINE INBOX\nS: * 2 EXISTS\nS: * OK [UIDVALIDITY 3] x\n"
                    "S: * OK [UIDNEXT 10] x\nS: A2 OK\n"
                    "C: A3 UID FETCH 9:* (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)\n"
                    "S: * 2 FETCH (UID 9 FLAGS () ENVELOPE (NIL \"news\" NIL NIL NIL NIL NIL NIL "
                    "NIL NIL))\nS: A3 OK\n",
                    "A4", "IDLE")});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("\"id\":\"INBOX:3:9\""));
}

TEST(CmdWait, GivesUpWhenTold) {
  Trial trial;
  const Ended ended =
      trial.mua({"wait", "--timeout", "1"},
                {imap_session(std::string(kExamine) + "C: DONE\nS: A3 OK\n", "A4", "IDLE")});
  EXPECT_EQ(ended.code, 3) << ended.err;
  EXPECT_EQ(ended.out, "");
}

}  // namespace
}  // namespace mua
