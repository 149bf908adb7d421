#include "mailstore/skipped.hpp"

#include <gtest/gtest.h>

#include "mailstore/boot.hpp"
#include "mailstore/mailboxes.hpp"
#include "tests/mailstore/account_fixture.hpp"

namespace mailstore {
namespace {

TEST(Skipped, NamesTheRunsOfEachBootSinceAModSeq) {
  tests::TemporaryFolder folder;
  Account account(1, folder.path() / "1", kInlineLimit, nullptr);
  const MailboxId inbox = find_mailbox(account, "INBOX")->id;
  EXPECT_TRUE(skipped_since(account, inbox, 0).empty());
  enter_boot(account.database(), "second");
  const ModSeq between = mailbox_status(account, inbox)->highest_mod_seq;
  enter_boot(account.database(), "third");
  const auto all = skipped_since(account, inbox, 0);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].first, 1u);
  EXPECT_EQ(all[0].last, static_cast<Uid>(kBootGap));
  EXPECT_EQ(all[1].first, all[0].last + 1);
  EXPECT_EQ(skipped_since(account, inbox, between).size(), 1u);
}

TEST(Skipped, GoesWithTheMailbox) {
  tests::TemporaryFolder folder;
  Account account(1, folder.path() / "1", kInlineLimit, nullptr);
  const MailboxId made = create_mailbox(account, "made")->id;
  enter_boot(account.database(), "second");
  ASSERT_EQ(skipped_since(account, made, 0).size(), 1u);
  ASSERT_TRUE(delete_mailbox(account, "made"));
  EXPECT_TRUE(skipped_since(account, made, 0).empty());
}

}  // namespace
}  // namespace mailstore
