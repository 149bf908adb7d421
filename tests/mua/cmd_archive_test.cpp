#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mua/trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

constexpr const char* kSelected = "SELECT INBOX\nS: * 9 EXISTS\nS: * OK [UIDVALIDITY 7]\nS: ";

TEST(CmdArchive, MovesToTheArchiveAndIsTakenBack) {
  Trial trial;
  const Ended ended = trial.mua(
      {"archive", "4", "--json"},
      {imap_session("C: A2 LIST \"\" \"*\"\nS: * LIST (\\Archive) \"/\" Old\nS: A2 OK\nC: A3 " +
                        std::string(kSelected) +
                        "A3 OK\nC: A4 UID FETCH 4 (UID)\nS: * 1 FETCH (UID 4)\nS: A4 OK\n"
                        "C: A5 UID MOVE 4 Old\nS: * OK [COPYUID 8 4 21] moved\nS: A5 OK\n",
                    "A6")});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("\"new_id\":\"Old:8:21\""));
  const Ended back = trial.mua(
      {"undo", "--json"},
      {imap_session("C: A2 SELECT Old\nS: * 1 EXISTS\nS: * OK [UIDVALIDITY 8]\nS: A2 OK\n"
                    "C: A3 UID FETCH 21 (UID)\nS: * 1 FETCH (UID 21)\nS: A3 OK\n"
                    "C: A4 UID MOVE 21 INBOX\nS: * OK [COPYUID 7 21 30] moved\nS: A4 OK\n",
                    "A5")});
  EXPECT_EQ(back.code, 0) << back.err;
  EXPECT_THAT(back.out, HasSubstr("\"undone\":\"archive 1 message\""));
  EXPECT_THAT(back.out, HasSubstr("\"new_id\":\"INBOX:7:30\""));
}

}  // namespace
}  // namespace mua
