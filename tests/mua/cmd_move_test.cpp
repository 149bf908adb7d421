#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mua/trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

std::string selected(const std::string& mailbox, const std::string& tag) {
  return "C: " + tag + " SELECT " + mailbox +
         "\nS: * 9 EXISTS\nS: * OK [UIDVALIDITY 7]\nS: " + tag + " OK done\n";
}

TEST(CmdMove, MovesAllOfAMailboxAtOnceAndTellsTheNewIds) {
  Trial trial;
  const Ended ended = trial.mua(
      {"move", "4", "5", "Archive", "--json"},
      {imap_session(selected("INBOX", "A2") +
                        "C: A3 UID FETCH 4:5 (UID)\nS: * 1 FETCH (UID 4)\nS: * 2 FETCH (UID 5)\n"
                        "S: A3 OK done\nC: A4 UID MOVE 4:5 Archive\n"
                        "S: * OK [COPYUID 8 4:5 21:22] moved\nS: * 1 EXPUNGE\nS: A4 OK done\n",
                    "A5")});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(ended.out,
            "[{\"id\":\"INBOX:7:4\",\"mailbox\":\"Archive\",\"new_id\":\"Archive:8:21\"},"
            "{\"id\":\"INBOX:7:5\",\"mailbox\":\"Archive\",\"new_id\":\"Archive:8:22\"}]\n");
}

TEST(CmdMove, MovesNothingWhenOneIsMissing) {
  Trial trial;
  const std::string session = imap_session(
      selected("INBOX", "A2") + "C: A3 UID FETCH 4:5 (UID)\nS: * 1 FETCH (UID 4)\nS: A3 OK done\n",
      "A9");
  const Ended ended =
      trial.mua({"move", "4", "5", "Archive"}, {session.substr(0, session.find("C: A9"))});
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.err, HasSubstr("no message 5; nothing was changed"));
}

std::string examined(const std::string& mailbox, const std::string& tag) {
  std::string out = selected(mailbox, tag);
  return out.replace(out.find("SELECT"), 6, "EXAMINE");
}

TEST(CmdMove, MovesNothingOfTheFirstMailboxWhenOneOfTheNextIsMissing) {
  Trial trial;
  const std::string session = imap_session(
      examined("INBOX", "A2") + "C: A3 UID FETCH 4 (UID)\nS: * 1 FETCH (UID 4)\nS: A3 OK done\n" +
          examined("Work", "A4") + "C: A5 UID FETCH 9 (UID)\nS: A5 OK done\n",
      "A9");
  const Ended ended =
      trial.mua({"move", "4", "Work:9", "Archive"}, {session.substr(0, session.find("C: A9"))});
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.err, HasSubstr("no message Work:9; nothing was changed"));
}

TEST(CmdMove, CopiesLeaveWhatTheyAreOf) {
  Trial trial;
  const Ended ended =
      trial.mua({"copy", "4", "Archive", "--json"},
                {imap_session(examined("INBOX", "A2") +
                                  "C: A3 UID FETCH 4 (UID)\nS: * 1 FETCH (UID 4)\nS: A3 OK done\n"
                                  "C: A4 UID COPY 4 Archive\nS: A4 OK [COPYUID 8 4 21] copied\n",
                              "A5")});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(ended.out,
            "[{\"id\":\"INBOX:7:4\",\"mailbox\":\"Archive\",\"new_id\":\"Archive:8:21\"}]\n");
}

}  // namespace
}  // namespace mua
