#include <gtest/gtest.h>

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

TEST_F(DirectorySchemaTest, OtherDatabasesAreRefused) {
  EXPECT_THROW(migrate(database_, account_schema()), StoreError);
}

}  // namespace
}  // namespace mailstore
