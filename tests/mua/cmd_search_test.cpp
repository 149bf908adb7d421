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

TEST(CmdSearch, ABadQueryReachesNoServer) {
  Trial trial;
  const Ended ended = trial.mua({"search", "after:soon"}, {});
  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.err, HasSubstr("2026-01-31"));
}

}  // namespace
}  // namespace mua
