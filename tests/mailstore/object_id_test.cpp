#include "mailstore/object_id.hpp"

#include "mail/thread_number.hpp"
#include "tests/mailstore/account_fixture.hpp"

namespace mailstore {
namespace {

class ObjectIdTest : public AccountTest {
 protected:
  std::int64_t content(MailboxId mailbox, Uid uid) {
    std::int64_t id = 0;
    read_messages(account(), mailbox, {{uid, uid}}, {}, [&](StoredMessage&& message) {
      id = message.content_id;
      return true;
    });
    return id;
  }
};

TEST_F(ObjectIdTest, AnEmailIdLeadsBackToItsContent) {
  const ObjectIds ids(account());
  EXPECT_EQ(ids.content(ids.email(15)), 15);
  EXPECT_EQ(ids.content("M15"), std::nullopt);
  EXPECT_EQ(ids.content(ids.email(15) + "x"), std::nullopt);
  EXPECT_EQ(ids.content(""), std::nullopt);
  const std::string padded = ids.email(1).insert(ids.email(1).size() - 1, "0");
  EXPECT_EQ(ids.content(padded), std::nullopt);
}

TEST_F(ObjectIdTest, IdsHaveTheFormOfRfc8474) {
  const ObjectIds ids(account());
  for (const auto& id : {ids.email(INT64_MAX), ids.mailbox(UINT32_MAX), thread_id(INT64_MAX)}) {
    EXPECT_LT(id.size(), 255u);
    EXPECT_EQ(
        id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"),
        std::string::npos)
        << id;
  }
}

TEST_F(ObjectIdTest, CopiesHaveTheIdOfTheirOriginalAndMovesKeepIt) {
  const ObjectIds ids(account());
  const Uid uid = add(inbox(), "one");
  const auto original = ids.email(content(inbox(), uid));
  copy_messages(account(), inbox(), kAll, id("Sent")).value();
  EXPECT_EQ(ids.email(content(id("Sent"), 1)), original);
  move_messages(account(), inbox(), kAll, id("Trash")).value();
  EXPECT_EQ(ids.email(content(id("Trash"), 1)), original);
  EXPECT_NE(ids.email(content(inbox(), add(inbox(), "one"))), original);
}

TEST_F(ObjectIdTest, AMailboxKeepsItsIdWhenItIsRenamedAndNoneFollowsIt) {
  const ObjectIds ids(account());
  const auto of = [&](const char* name) {
    return ids.mailbox(find_mailbox(account(), name).value().uid_validity);
  };
  create_mailbox(account(), "a/b").value();
  const auto parent = of("a"), child = of("a/b");
  ASSERT_TRUE(rename_mailbox(account(), "a", "c"));
  EXPECT_EQ(of("c"), parent);
  EXPECT_EQ(of("c/b"), child);
  ASSERT_TRUE(delete_mailbox(account(), "c/b"));
  create_mailbox(account(), "c/b").value();
  EXPECT_NE(of("c/b"), child);
}

TEST_F(ObjectIdTest, AThreadIsStoredOrReadFromTheHeader) {
  const Uid uid = add(inbox(), "one");
  const auto thread = read_thread(account(), inbox(), uid);
  ASSERT_TRUE(thread);
  account().database().run("UPDATE content SET thread = 0");
  EXPECT_EQ(read_thread(account(), inbox(), uid), thread);
  EXPECT_EQ(read_thread(account(), inbox(), uid + 1), std::nullopt);
  EXPECT_EQ(thread_of(thread_id(*thread)), thread);
  EXPECT_EQ(thread_of("T1"), std::nullopt);
  EXPECT_EQ(thread_of("x"), std::nullopt);
}

}  // namespace
}  // namespace mailstore
