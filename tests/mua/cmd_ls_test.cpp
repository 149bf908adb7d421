#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mua/trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

constexpr const char* kSelect =
    "C: A2 EXAMINE INBOX\nS: * 3 EXISTS\nS: * OK [UIDVALIDITY 7] ok\nS: A2 OK [READ-ONLY] done\n";

TEST(CmdLs, ListsTheNewestFirst) {
  Trial trial;
  const Ended ended = trial.mua(
      {"--json", "ls", "--limit", "2"},
      {imap_session(std::string(kSelect) +
                        "C: A3 FETCH 2:3 (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)\n"
                        "S: * 2 FETCH (UID 20 FLAGS (\\Seen))\nS: * 3 FETCH (UID 30 FLAGS ())\n"
                        "S: * 1 FETCH (FLAGS (\\Deleted))\nS: * 4 EXISTS\nS: A3 OK done\n",
                    "A4")});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(
      ended.out,
      "[{\"id\":\"INBOX:7:30\",\"mailbox\":\"INBOX\",\"uid\":30,\"unread\":true,\"flags\":[]},"
      "{\"id\":\"INBOX:7:20\",\"mailbox\":\"INBOX\",\"uid\":20,\"unread\":false,\"flags\":["
      "\"\\\\Seen\"]}]\n");
}

TEST(CmdLs, AnEmptyMailboxIsAnEmptyList) {
  Trial trial;
  const Ended ended = trial.mua({"ls", "Archive"}, {imap_session("C: A2 EXAMINE Archive\n"
                                                                 "S: * 0 EXISTS\nS: A2 OK done\n",
                                                                 "A3")});
  EXPECT_EQ(ended.code, 0);
  EXPECT_EQ(ended.out, "");
}

TEST(CmdLs, SaysThatThereIsNoSuchMailbox) {
  Trial trial;
  const Ended ended =
      trial.mua({"ls", "Nowhere"}, {"S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\nC: ...\n"
                                    "S: A1 OK [CAPABILITY IMAP4rev1] in\nC: A2 EXAMINE Nowhere\n"
                                    "S: A2 NO Mailbox doesn't exist: Nowhere\n"});
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.err, HasSubstr("Mailbox doesn't exist"));
  EXPECT_THAT(ended.err, HasSubstr("mua mailboxes"));
}

}  // namespace
}  // namespace mua
