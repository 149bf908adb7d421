#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mua/trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

TEST(CmdFlag, AddsAndRemoves) {
  Trial trial;
  const Ended ended = trial.mua(
      {"--json", "flag", "4", "+seen", "-flagged", "+$work"},
      {imap_session("C: A2 SELECT INBOX\nS: * 9 EXISTS\nS: * OK [UIDVALIDITY 7]\nS: A2 OK done\n"
                    "C: A3 UID FETCH 4 (UID)\nS: * 1 FETCH (UID 4)\nS: A3 OK done\n"
                    "C: A4 UID FETCH 4 (UID FLAGS)\nS: * 1 FETCH (UID 4 FLAGS ())\nS: A4 OK done\n"
                    "C: A5 UID STORE 4 +FLAGS (\\Seen $work)\nS: A5 OK done\n"
                    "C: A6 UID STORE 4 -FLAGS (\\Flagged)\nS: A6 OK done\n"
                    "C: A7 UID FETCH 4 (UID FLAGS)\nS: * 1 FETCH (UID 4 FLAGS (\\Seen $work))\n"
                    "S: A7 OK done\n",
                    "A8")});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(ended.out, "[{\"id\":\"INBOX:7:4\",\"flags\":[\"\\\\Seen\",\"$work\"]}]\n");
}

TEST(CmdFlag, RefusesWhatIsNoFlag) {
  Trial trial;
  const Ended ended = trial.mua({"flag", "4", "+a b"}, {});
  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.err, HasSubstr("+seen"));
}

}  // namespace
}  // namespace mua
