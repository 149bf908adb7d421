#include <gtest/gtest.h>

#include "mailstore/schema.hpp"
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

TEST_F(AccountSchemaTest, WhatChangedIsFoundByIndex) {
  Statement row = database_.query(
      "EXPLAIN QUERY PLAN SELECT uid FROM message WHERE mailbox = 1 AND mod_seq > 5");
  ASSERT_TRUE(row.step());
  EXPECT_NE(row.string(3).find("message_change"), std::string::npos) << row.string(3);
}

TEST_F(AccountSchemaTest, OtherDatabasesAreRefused) {
  EXPECT_THROW(migrate(database_, directory_schema()), StoreError);
}

}  // namespace
}  // namespace mailstore
