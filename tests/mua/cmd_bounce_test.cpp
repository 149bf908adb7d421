#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mua/trial.hpp"

namespace mua {
namespace {

TEST(CmdBounce, SendsItAsItIs) {
  Trial trial;
  const Ended ended = trial.mua(
      {"bounce", "4", "--to", "bob@x.test", "--json"},
      {imap_session("C: A2 EXAMINE INBOX\nS: * 1 EXISTS\nS: * OK [UIDVALIDITY 7]\nS: A2 OK\n"
                    "C: A3 UID FETCH 4 (UID BODY.PEEK[])\n"
                    "S: * 1 FETCH (UID 4 BODY[] {10}\nS: A: b\nS: \nS: hi)\nS: A3 OK\n",
                    "A4")},
      {smtp_session(
          "C: MAIL FROM:<ann@x.test>\nS: 250 ok\nC: RCPT TO:<bob@x.test>\nS: 250 ok\n"
          "C: DATA\nS: 354 go\nC: ...\nC: Resent-From: Ann <ann@x.test>\n"
          "C: Resent-To: bob@x.test\nC: ...\nC: A: b\nC: \nC: hi\nC: .\nS: 250 taken\n")});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, testing::HasSubstr("\"accepted\":true"));
}

TEST(CmdBounce, NeedsAnAddress) {
  Trial trial;
  EXPECT_EQ(trial.mua({"bounce", "4"}, {}).code, 2);
  EXPECT_EQ(trial.mua({"bounce", "4", "--to", "nobody"}, {}).code, 2);
}

}  // namespace
}  // namespace mua
