#include "imapd/render_status.hpp"

#include <gtest/gtest.h>

namespace imapd {
namespace {

TEST(RenderStatus, WritesWhatWasAskedInItsOrder) {
  mailstore::MailboxStatus status;
  status.messages = 3;
  status.uid_next = 9;
  status.size = 1ull << 40;
  std::string out;
  using enum mail::StatusItem;
  append_status(out, "a b", status, {kUidNext, kMessages, kSize, kAppendLimit}, {}, 77);
  EXPECT_EQ(out, "* STATUS \"a b\" (UIDNEXT 9 MESSAGES 3 SIZE 1099511627776 APPENDLIMIT 77)\r\n");
}

}  // namespace
}  // namespace imapd
