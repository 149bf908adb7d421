#include <gtest/gtest.h>

#include "mailstore/schema.hpp"
#include "mailstore/state_blocks.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

class AccountSchemaTest : public testing::Test {
 protected:
  AccountSchemaTest() { migrate(database_, account_schema()); }

  tests::TemporaryFolder folder_;
  Database database_{folder_.path() / "mail.db"};
};

TEST_F(AccountSchemaTest, BeginsWithOneRowOfCounters) {
  EXPECT_EQ(database_.integer("SELECT count(*) FROM counter"), 1);
  EXPECT_EQ(database_.integer("SELECT content_floor + last_uid_validity FROM counter"), 0);
}

TEST_F(AccountSchemaTest, IdsOfMailboxesAreNeverGivenAgain) {
  const auto add = [&] {
    database_.run("INSERT INTO mailbox (name, uid_validity) VALUES ('a', 1)");
    return database_.integer("SELECT id FROM mailbox WHERE name = 'a'").value();
  };
  const auto first = add();
  database_.run("DELETE FROM mailbox");
  EXPECT_GT(add(), first);
}

TEST_F(AccountSchemaTest, ADeliveryIsThereOnce) {
  EXPECT_EQ(database_.run("INSERT OR IGNORE INTO delivery VALUES ('q-1.0')"), 1);
  EXPECT_EQ(database_.run("INSERT OR IGNORE INTO delivery VALUES ('q-1.0')"), 0);
}

TEST_F(AccountSchemaTest, EveryAccountHasAnObjectWordOfItsOwn) {
  Database other(folder_.path() / "other.db");
  migrate(other, account_schema());
  const auto word = [](Database& database) {
    Statement row = database.query("SELECT object_word FROM counter");
    return row.step() ? row.string(0) : "";
  };
  EXPECT_EQ(word(database_).size(), 12u);
  EXPECT_NE(word(database_), word(other));
}

TEST(AccountSchema, AnAccountOfVersion1KeepsItsMail) {
  tests::TemporaryFolder folder;
  const auto file = folder.path() / "mail.db";
  {
    Database old(file);
    Schema first = account_schema();
    first.steps.resize(1);
    migrate(old, first);
    old.script(
        "INSERT INTO mailbox (name, uid_validity, uid_next, messages) VALUES ('INBOX', 5, 2, 1);"
        "INSERT INTO message VALUES (1, 1, 2, 1, 20, 18, 1000, 60, 1001, 9);"
        "INSERT INTO content VALUES (9, 990, 'a@b', '(env)', '(body)', '(structure)');"
        "INSERT INTO octets VALUES (9, x'4142');");
  }
  Database database(file);
  migrate(database, account_schema());
  EXPECT_TRUE(std::filesystem::exists(file.string() + ".v1"));
  EXPECT_EQ(database.integer("SELECT content FROM message WHERE uid = 1"), 9);
  EXPECT_EQ(database.integer("SELECT thread FROM content WHERE envelope = '(env)'"), 0);
  EXPECT_EQ(database.integer("SELECT length(object_word) FROM counter"), 12);
  EXPECT_EQ(*StateReader(database, 1).find(1), (MessageState{.uid = 1, .mod_seq = 2, .flags = 1}));
}

TEST(AccountSchema, AnAccountOfVersion2KeepsFlagsAndModSeqs) {
  tests::TemporaryFolder folder;
  const auto file = folder.path() / "mail.db";
  constexpr Uid kMessages = 2000;
  {
    Database old(file);
    Schema second = account_schema();
    second.steps.resize(2);
    migrate(old, second);
    old.script(
        "INSERT INTO mailbox (name, uid_validity) VALUES ('INBOX', 5), ('a', 6), ('empty', 7)");
    for (Uid uid = 1; uid <= kMessages; ++uid)
      old.run("INSERT INTO message VALUES (?, ?, ?, ?, 20, 18, 1000, 60, 1001, 9)", 1 + uid % 2,
              uid * 3, uid + 1, uid % 7);
  }
  Database database(file);
  migrate(database, account_schema());
  StateReader odd(database, 2), even(database, 1);
  for (Uid uid = 1; uid <= kMessages; ++uid) {
    const MessageState* state = (uid % 2 ? odd : even).find(uid * 3);
    ASSERT_TRUE(state) << uid;
    EXPECT_EQ(*state, (MessageState{uid * 3, uid + 1, uid % 7}));
    EXPECT_EQ((uid % 2 ? even : odd).find(uid * 3), nullptr);
  }
  EXPECT_EQ(database.integer("SELECT count(*) FROM message WHERE content = 9"), kMessages);
}

TEST(AccountSchema, AnAccountOfVersion3HasItsOwnIdsAlone) {
  tests::TemporaryFolder folder;
  const auto file = folder.path() / "mail.db";
  {
    Database old(file);
    Schema third = account_schema();
    third.steps.resize(3);
    migrate(old, third);
  }
  Database database(file);
  migrate(database, account_schema());
  EXPECT_EQ(database.integer("SELECT count(*) FROM foreign_id"), 0);
}

TEST_F(AccountSchemaTest, OtherDatabasesAreRefused) {
  EXPECT_THROW(migrate(database_, directory_schema()), StoreError);
}

}  // namespace
}  // namespace mailstore
