#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mua/trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

TEST(CmdMailboxes, ListsThemWithNumbersAndRoles) {
  Trial trial;
  const Ended ended = trial.mua(
      {"mailboxes"},
      {imap_session(
          "C: A2 LIST \"\" \"*\"\nS: * LIST (\\Sent) \"/\" Sent\nS: * LIST () \"/\" INBOX\n"
          "S: * LIST (\\Noselect) \"/\" \"Entw&APw-rfe\"\nS: A2 OK done\n"
          "C: A3 STATUS INBOX (MESSAGES UNSEEN UIDVALIDITY)\n"
          "S: * STATUS INBOX (MESSAGES 12 UNSEEN 3)\nS: A3 OK done\n"
          "C: A4 STATUS Sent (MESSAGES UNSEEN UIDVALIDITY)\nS: A4 NO gone\n",
          "A5")});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("INBOX                                  12        3\n"));
  EXPECT_THAT(ended.out, HasSubstr("Entwürfe"));
  EXPECT_THAT(ended.out, HasSubstr("  Sent\n"));
}

}  // namespace
}  // namespace mua
