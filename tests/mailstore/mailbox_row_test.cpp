#include "mailstore/mailbox_row.hpp"

#include "account_fixture.hpp"

namespace mailstore {
namespace {

TEST(MailboxRow, CountsInAndOut) {
  MailboxRow row{.first_recent = 5};
  row.count(4, 0, 100, 1);
  row.count(5, mail::kSeen | mail::kDeleted, 10, 1);
  EXPECT_EQ(row.messages, 2);
  EXPECT_EQ(row.recent, 1);
  EXPECT_EQ(row.unseen, 1);
  EXPECT_EQ(row.deleted, 1);
  EXPECT_EQ(row.size, 110);
  row.count(5, mail::kSeen | mail::kDeleted, 10, -1);
  EXPECT_EQ(row.recent, 0);
  EXPECT_EQ(row.deleted, 0);
  EXPECT_EQ(row.size, 100);
}

TEST_F(AccountTest, AMailboxRowIsSavedWhole) {
  MailboxRow row = load_mailbox(account().database(), inbox()).value();
  MailboxRow before = row;
  row.uid_next = 10;
  row.mod_seq = 20;
  row.first_recent = 3;
  row.messages = 1, row.recent = 2, row.unseen = 3, row.deleted = 4, row.size = 5;
  save_mailbox(account().database(), row);
  const MailboxRow after = load_mailbox(account().database(), inbox()).value();
  EXPECT_EQ(after.uid_next, 10u);
  EXPECT_EQ(after.mod_seq, 20u);
  EXPECT_EQ(after.first_recent, 3u);
  EXPECT_EQ(after.messages + after.recent + after.unseen + after.deleted + after.size, 15);
  save_mailbox(account().database(), before);
  EXPECT_EQ(load_mailbox(account().database(), 999), std::nullopt);
}

TEST_F(AccountTest, UidValidityOnlyGrows) {
  Database& database = account().database();
  const std::uint32_t first = next_uid_validity(database);
  EXPECT_GT(first, 1'700'000'000u);
  EXPECT_GT(next_uid_validity(database), first);
  database.run("UPDATE counter SET last_uid_validity = ?", std::int64_t{4'000'000'000});
  EXPECT_EQ(next_uid_validity(database), 4'000'000'001u);
}

}  // namespace
}  // namespace mailstore
