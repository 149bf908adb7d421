#include "mailstore/quota.hpp"

#include "account_fixture.hpp"
#include "mailstore/store.hpp"

namespace mailstore {
namespace {

class QuotaTest : public AccountTest {
 protected:
  static NewMessage delivery(const std::string& id) {
    NewMessage message = new_message(id);
    message.delivery_id = id;
    return message;
  }
  std::uint64_t size_ = message_text("1").size();
};

TEST_F(QuotaTest, UsageIsWhatAllMailboxesHold) {
  EXPECT_EQ(usage(account()).storage, 0u);
  EXPECT_EQ(usage(account()).mailboxes, 6u);
  add(inbox(), "1");
  add(id("Sent"), "2");
  copy_messages(account(), inbox(), kAll, id("Sent")).value();
  EXPECT_EQ(usage(account()).storage, 3 * size_) << "a copy counts, as IMAP shows it";
  EXPECT_EQ(usage(account()).messages, 3u);
}

TEST_F(QuotaTest, ANameKeptForItsChildrenIsNoMailbox) {
  create_mailbox(account(), "a/b").value();
  ASSERT_TRUE(delete_mailbox(account(), "a"));
  EXPECT_EQ(usage(account()).mailboxes, 7u);
}

TEST_F(QuotaTest, TheLastOctetFitsAndNoneMore) {
  const Limits limits{.storage = 2 * size_};
  ASSERT_TRUE(append(account(), inbox(), {new_message("1")}, {}, limits));
  ASSERT_TRUE(append(account(), inbox(), {new_message("2")}, {}, limits));
  const auto refused = append(account(), inbox(), {new_message("3")}, {}, limits);
  EXPECT_EQ(refused.error(), Failure::kOverQuota);
  EXPECT_EQ(usage(account()).messages, 2u);
}

TEST_F(QuotaTest, AnAppendIsRefusedAsAWhole) {
  const Limits limits{.messages = 2};
  EXPECT_FALSE(append(account(), inbox(), {new_message("1"), new_message("2"), new_message("3")},
                      {}, limits));
  EXPECT_EQ(usage(account()).messages, 0u);
}

TEST_F(QuotaTest, ADeliveryTakesWhatFits) {
  const Limits limits{.messages = 2};
  const auto result = deliver(account(), {delivery("1"), delivery("2"), delivery("3")}, {}, limits);
  EXPECT_FALSE(result.messages[1].full);
  EXPECT_TRUE(result.messages[2].full);
  EXPECT_EQ(uids(inbox()), (std::vector<Uid>{1, 2}));
  EXPECT_EQ(remembered_deliveries(account()).size(), 2u) << "the third is to be tried again";
}

// A crash between delivery and its removal from the queue must not end in a bounce.
TEST_F(QuotaTest, WhatWasDeliveredIsNotFull) {
  const Limits limits{.messages = 1};
  deliver(account(), {delivery("1")}, {}, limits);
  const auto again = deliver(account(), {delivery("1")}, {}, limits);
  EXPECT_FALSE(again.messages[0].full);
  EXPECT_EQ(again.messages[0].uid, 0u);
}

TEST_F(QuotaTest, ACopyNeedsRoomAndAMoveNone) {
  add_many(inbox(), 2);
  const Limits limits{.messages = 3};
  const auto refused = copy_messages(account(), inbox(), kAll, id("Sent"), limits);
  EXPECT_EQ(refused.error(), Failure::kOverQuota);
  EXPECT_TRUE(copy_messages(account(), inbox(), {{1, 1}}, id("Sent"), limits));
  EXPECT_EQ(move_messages(account(), inbox(), kAll, id("Sent"))->copied.size(), 2u);
}

TEST_F(QuotaTest, MailboxesAreCountedWithTheirParents) {
  const Limits limits{.mailboxes = 8};
  EXPECT_EQ(create_mailbox(account(), "a/b/c", "", limits).error(), Failure::kOverQuota);
  EXPECT_FALSE(find_mailbox(account(), "a"));
  EXPECT_TRUE(create_mailbox(account(), "a/b", "", limits));
  EXPECT_EQ(rename_mailbox(account(), "Sent", "x/Sent", limits).error(), Failure::kOverQuota);
  EXPECT_TRUE(rename_mailbox(account(), "Sent", "a/Sent", limits));
  EXPECT_EQ(rename_mailbox(account(), "INBOX", "old", limits).error(), Failure::kOverQuota);
}

TEST_F(QuotaTest, DeletedStorageIsThatOfDeletedMessages) {
  add(inbox(), "1");
  EXPECT_EQ(deleted_storage(account(), inbox()), 0u);
  add(inbox(), "2", {mail::kDeleted, {}});
  EXPECT_EQ(deleted_storage(account(), inbox()), size_);
}

TEST(Quota, AnAccountsOwnLimitGoesFirst) {
  const Limits general{.storage = 100, .messages = 5};
  EXPECT_EQ(effective({}, general), general);
  EXPECT_EQ(effective({.storage = 0, .messages = 9}, general), (Limits{.messages = 9}));
}

TEST(Quota, WhatIsFullAlreadyStillTakesNothing) {
  EXPECT_TRUE(has_room({.storage = 10}, {.storage = 20}, 0, 0));
  EXPECT_FALSE(has_room({.storage = 10}, {.storage = 20}, 1, 1));
  EXPECT_FALSE(has_room({.storage = 10}, {.storage = 1}, UINT64_MAX, 1));
  EXPECT_TRUE(has_room({}, {.storage = 20}, UINT64_MAX, 1));
  EXPECT_TRUE(can_never_fit({.storage = 10}, 11));
  EXPECT_FALSE(can_never_fit({}, 11));
}

TEST(Quota, TheStoreKnowsEachAccountsLimits) {
  tests::TemporaryFolder folder;
  conf::Settings settings;
  settings.data = folder.path();
  settings.quota.storage = 1000;
  Store store(settings, ChangeFeed::Mode::kRingOnly);
  ASSERT_TRUE(store.directory().add_domain("example.test"));
  const auto alice = store.directory().add_account("alice@example.test", "x").value();
  EXPECT_EQ(store.limits(alice.id), (Limits{.storage = 1000}));
  ASSERT_TRUE(store.directory().set_limits("alice@example.test", {.messages = 7}));
  EXPECT_EQ(store.limits(alice.id), (Limits{.storage = 1000, .messages = 7}));
  store.set_quota({.storage = 2000});
  EXPECT_EQ(store.limits(alice.id).storage, 2000u);
  EXPECT_EQ(store.directory().set_limits("bob@example.test", {}).error(), Failure::kNoSuchAccount);
}

}  // namespace
}  // namespace mailstore
