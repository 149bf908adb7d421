#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mua/trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

TEST(CmdSearch, AsksTheServerAndShowsTheNewest) {
  Trial trial;
  const Ended ended = trial.mua(
      {"search", "--mailbox", "Sent", "--limit", "2", "-is:read", "subject:a b"},
      {imap_session(
          "C: A2 EXAMINE Sent\nS: * 9 EXISTS\nS: * OK [UIDVALIDITY 7]\nS: A2 OK done\n"
          "C: A3 UID SEARCH NOT (SEEN) SUBJECT \"a b\"\nS: * SEARCH 5 1 9\nS: A3 OK done\n"
          "C: A4 UID FETCH 5,9 (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)\n"
          "S: * 2 FETCH (UID 5)\nS: * 3 FETCH (UID 9)\nS: A4 OK done\n",
          "A5")});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_LT(ended.out.find("Sent:9"), ended.out.find("Sent:5"));
  EXPECT_EQ(ended.out.find("Sent:1"), std::string::npos);
}

TEST(CmdSearch, LooksIntoAllMailboxesAndShowsTheNewestFirst) {
  Trial trial;
  const auto found = [](const std::string& mailbox, int tag, const std::string& day) {
    const auto next = [&] { return "A" + std::to_string(tag++); };
    const std::string a = next(), b = next(), c = next();
    return "C: " + a + " EXAMINE " + mailbox + "\nS: * OK [UIDVALIDITY 7]\nS: " + a +
           " OK\nC: " + b + " UID SEARCH SEEN\nS: * SEARCH 5\nS: " + b + " OK\nC: " + c +
           " UID FETCH 5 (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)\n"
           "S: * 1 FETCH (UID 5 INTERNALDATE \"" +
           day + "-Nov-2026 10:00:00 +0000\")\nS: " + c + " OK\n";
  };
  const Ended ended =
      trial.mua({"search", "--all", "is:read"},
                {imap_session("C: A2 LIST \"\" \"*\"\nS: * LIST () \"/\" INBOX\n"
                              "S: * LIST (\\Noselect) \"/\" Old\nS: * LIST () \"/\" Sent\n"
                              "S: * LIST () \"/\" Shut\nS: A2 OK\n" +
                                  found("INBOX", 3, "10") + found("Sent", 6, "11") +
                                  "C: A9 EXAMINE Shut\nS: A9 NO not yours\n",
                              "A10")});
  EXPECT_EQ(ended.code, 0) << ended.err;
  const std::size_t sent = ended.out.find("Sent:5");
  ASSERT_NE(sent, std::string::npos);
  EXPECT_NE(ended.out.find("\n5 ", sent), std::string::npos) << ended.out;
  EXPECT_EQ(trial.mua({"search", "--all", "--mailbox", "Sent", "x"}, {}).code, 2);
}

TEST(CmdSearch, ABadQueryReachesNoServer) {
  Trial trial;
  const Ended ended = trial.mua({"search", "after:soon"}, {});
  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.err, HasSubstr("2026-01-31"));
}

}  // namespace
}  // namespace mua
