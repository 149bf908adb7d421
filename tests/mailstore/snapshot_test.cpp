#include "mailstore/snapshot.hpp"

#include "tests/mailstore/account_fixture.hpp"

namespace mailstore {
namespace {

class SnapshotTest : public AccountTest {};

TEST_F(SnapshotTest, ShowsOneMoment) {
  add(inbox(), "first");
  Account other(7, folder(), kInlineLimit, nullptr);
  const MailboxId mailbox = inbox();
  {
    const Snapshot snapshot(account());
    EXPECT_TRUE(read_content(account(), mailbox, 1));
    append(other, mailbox, {new_message("second")}).value();
    EXPECT_FALSE(read_content(account(), mailbox, 2));
    EXPECT_TRUE(read_content(other, mailbox, 2));
  }
  EXPECT_TRUE(read_content(account(), mailbox, 2));
}

}  // namespace
}  // namespace mailstore
