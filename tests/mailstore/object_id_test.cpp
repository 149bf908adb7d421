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
  std::string email(std::int64_t content) { return ObjectIds(account()).email(account(), content); }
};

TEST_F(ObjectIdTest, AnEmailIdLeadsBackToItsContent) {
  const ObjectIds ids(account());
  using Contents = std::vector<std::int64_t>;
  const auto contents = [&](std::string_view id) { return ids.contents(account(), id); };
  EXPECT_EQ(contents(email(15)), Contents{15});
  EXPECT_EQ(contents("M15"), Contents{});
  EXPECT_EQ(contents(email(15) + "x"), Contents{});
  EXPECT_EQ(contents(""), Contents{});
  const std::string padded = email(1).insert(email(1).size() - 1, "0");
  EXPECT_EQ(contents(padded), Contents{});
}

TEST_F(ObjectIdTest, WhatAnotherAccountNamedKeepsItsName) {
  keep_email_id(account().database(), 15, "Mother-7");
  keep_email_id(account().database(), 16, "Mother-7");
  const ObjectIds ids(account());
  EXPECT_EQ(email(15), "Mother-7");
  EXPECT_NE(email(17), "Mother-7");
  EXPECT_EQ(ids.contents(account(), "Mother-7"), (std::vector<std::int64_t>{15, 16}));
  EXPECT_EQ(ids.contents(account(), email(17)), (std::vector<std::int64_t>{17}));
  account().database().run("DELETE FROM foreign_id");
}

TEST_F(ObjectIdTest, IdsHaveTheFormOfRfc8474) {
  const ObjectIds ids(account());
  for (const auto& id : {email(INT64_MAX), ids.mailbox(UINT32_MAX), thread_id(INT64_MAX)}) {
    EXPECT_LT(id.size(), 255u);
    EXPECT_EQ(
        id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"),
        std::string::npos)
        << id;
  }
}

TEST_F(ObjectIdTest, CopiesHaveTheIdOfTheirOriginalAndMovesKeepIt) {
  const Uid uid = add(inbox(), "one");
  const auto original = email(content(inbox(), uid));
  copy_messages(account(), inbox(), kAll, id("Sent")).value();
  EXPECT_EQ(email(content(id("Sent"), 1)), original);
  move_messages(account(), inbox(), kAll, id("Trash")).value();
  EXPECT_EQ(email(content(id("Trash"), 1)), original);
  EXPECT_NE(email(content(inbox(), add(inbox(), "one"))), original);
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
