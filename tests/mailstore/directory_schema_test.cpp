#include <gtest/gtest.h>

#include "mailstore/directory.hpp"
#include "mailstore/schema.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

class DirectorySchemaTest : public testing::Test {
 protected:
  DirectorySchemaTest() { migrate(database_, directory_schema()); }

  void add_account(std::string_view local) {
    database_.run(
        "INSERT INTO account (domain, local, address, created_at, password, salt, iterations,"
        " stored_key, server_key) VALUES ('example.test', ?, 'x', 0, '', x'', 0, x'', x'')",
        local);
  }

  tests::TemporaryFolder folder_;
  Database database_{folder_.path() / "domain.db"};
};

TEST_F(DirectorySchemaTest, AnAddressHasOneAccount) {
  add_account("alice");
  EXPECT_THROW(add_account("alice"), StoreError);
}

// The id names the account's folder: another person must never be given it.
TEST_F(DirectorySchemaTest, IdsOfAccountsAreNeverGivenAgain) {
  add_account("alice");
  const auto first = database_.integer("SELECT max(id) FROM account").value();
  database_.run("DELETE FROM account");
  add_account("bob");
  EXPECT_GT(database_.integer("SELECT max(id) FROM account").value(), first);
}

TEST_F(DirectorySchemaTest, AnAliasKeepsTheOrderOfItsTargets) {
  for (const int position : {1, 0})
    database_.run("INSERT INTO alias VALUES ('example.test', 'all', ?, 'all@example.test', ?)",
                  position, std::string(position == 0 ? "first" : "second"));
  Statement row = database_.query("SELECT target FROM alias ORDER BY domain, local, position");
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.string(0), "first");
}

TEST(DirectorySchema, ADirectoryOfVersion1KeepsItsPeople) {
  tests::TemporaryFolder folder;
  const auto file = folder.path() / "domain.db";
  {
    Database old(file);
    Schema first = directory_schema();
    first.steps.resize(1);
    migrate(old, first);
    old.script(
        "INSERT INTO domain (name) VALUES ('example.test');"
        "INSERT INTO account VALUES (4, 'example.test', 'alice', 'alice@example.test', 1000, 1, "
        "'hash', 3, x'01', 4096, x'02', x'03');"
        "INSERT INTO alias VALUES ('example.test', 'info', 0, 'info@example.test', "
        "'alice@example.test')");
  }
  const Directory directory(file);
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "domain.db.v1"));
  EXPECT_EQ(directory.find_account("alice@example.test")->id, 4);
  EXPECT_TRUE(directory.has_folder(4));
  EXPECT_EQ(directory.resolve({"info", "example.test"}).accounts, std::vector<AccountId>{4});
  EXPECT_TRUE(directory.forwarding(4).targets.empty());
  EXPECT_EQ(directory.forwarding(4).copy, Forwarding::Copy::kKept);
  EXPECT_EQ(directory.srs_secret().size(), 32u);
}

TEST(DirectorySchema, ADirectoryOfVersion2SetsNobodyALimit) {
  tests::TemporaryFolder folder;
  const auto file = folder.path() / "domain.db";
  {
    Database old(file);
    Schema second = directory_schema();
    second.steps.resize(2);
    migrate(old, second);
    old.script(
        "INSERT INTO account VALUES (4, 'example.test', 'alice', 'alice@example.test', 1000, 1, "
        "'hash', 3, x'01', 4096, x'02', x'03', 1)");
  }
  const Directory directory(file);
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "domain.db.v2"));
  EXPECT_EQ(directory.find_account("alice@example.test")->limits, OwnLimits());
}

TEST(DirectorySchema, EachHasASecretOfItsOwnAndKeepsIt) {
  tests::TemporaryFolder folder;
  const std::string one = Directory(folder.path() / "one.db").srs_secret();
  EXPECT_EQ(one.size(), 32u);
  EXPECT_EQ(Directory(folder.path() / "one.db").srs_secret(), one);
  EXPECT_NE(Directory(folder.path() / "other.db").srs_secret(), one);
}

TEST_F(DirectorySchemaTest, OtherDatabasesAreRefused) {
  EXPECT_THROW(migrate(database_, account_schema()), StoreError);
}

}  // namespace
}  // namespace mailstore
