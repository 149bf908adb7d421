#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mua/trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

constexpr const char* kFound =
    "SELECT INBOX\nS: * 9 EXISTS\nS: * OK [UIDVALIDITY 7]\nS: A3 OK done\n"
    "C: A4 UID FETCH 4 (UID)\nS: * 1 FETCH (UID 4)\nS: A4 OK done\n";

constexpr const char* kList =
    "C: A2 LIST \"\" \"*\"\nS: * LIST (\\Trash) \"/\" Bin\nS: * LIST () \"/\" INBOX\nS: A2 OK "
    "done\n";

TEST(CmdDelete, MovesToTrash) {
  Trial trial;
  const Ended ended = trial.mua(
      {"delete", "4"},
      {imap_session(
          std::string(kList) + "C: A3 " + kFound + "C: A5 UID MOVE 4 Bin\nS: A5 OK done\n", "A6")});
  EXPECT_EQ(ended.code, 0) << ended.err;
}

TEST(CmdDelete, WhatIsInTrashHasToBeExpunged) {
  Trial trial;
  const std::string session = imap_session(kList, "A9");
  const Ended ended = trial.mua({"delete", "Bin:4"}, {session.substr(0, session.find("C: A9"))});
  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.err, HasSubstr("--expunge"));
}

TEST(CmdDelete, ExpungesExactlyThese) {
  Trial trial;
  const Ended ended = trial.mua(
      {"delete", "4", "--expunge", "--json"},
      {imap_session("C: A2 SELECT INBOX\nS: * 9 EXISTS\nS: * OK [UIDVALIDITY 7]\nS: A2 OK done\n"
                    "C: A3 UID FETCH 4 (UID)\nS: * 1 FETCH (UID 4)\nS: A3 OK done\n"
                    "C: A4 UID STORE 4 +FLAGS (\\Deleted)\nS: A4 OK done\n"
                    "C: A5 UID EXPUNGE 4\nS: * 1 EXPUNGE\nS: A5 OK done\n",
                    "A6")});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(ended.out, "[{\"id\":\"INBOX:7:4\"}]\n");
}

}  // namespace
}  // namespace mua
