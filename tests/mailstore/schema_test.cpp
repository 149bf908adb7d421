#include "mailstore/schema.hpp"

#include <gtest/gtest.h>

#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

constexpr std::int32_t kId = 0x54455354;
const std::string_view kSteps[] = {
    "CREATE TABLE note (text TEXT NOT NULL);",
    "ALTER TABLE note ADD COLUMN at INTEGER NOT NULL DEFAULT 0; UPDATE note SET at = 5;",
    "CREATE INDEX note_at ON note (at);"};

Schema version(std::size_t number) { return {"test database", kId, {kSteps, kSteps + number}}; }

class SchemaTest : public testing::Test {
 protected:
  std::filesystem::path file() const { return temporary.path() / "test.db"; }
  std::filesystem::path snapshot(int number) const {
    return file().string() + ".v" + std::to_string(number);
  }
  tests::TemporaryFolder temporary;
};

TEST_F(SchemaTest, EveryReleasedVersionReachesTheLatest) {
  for (std::size_t from = 1; from < std::size(kSteps); ++from) {
    tests::TemporaryFolder folder;
    const auto path = folder.path() / "test.db";
    {
      Database old(path);
      migrate(old, version(from));
      old.run("INSERT INTO note (text) VALUES ('kept')");
    }
    Database database(path);
    migrate(database, version(std::size(kSteps)));
    EXPECT_EQ(database.integer("PRAGMA user_version"), 3);
    EXPECT_EQ(database.integer("SELECT count(*) FROM note WHERE text = 'kept'"), 1);
    Database before(path.string() + ".v" + std::to_string(from), Database::Mode::kExisting);
    EXPECT_EQ(before.integer("PRAGMA user_version"), static_cast<std::int64_t>(from));
    EXPECT_EQ(before.integer("SELECT count(*) FROM note"), 1);
  }
}

TEST_F(SchemaTest, NothingToDoTakesNoSnapshot) {
  Database database(file());
  migrate(database, version(2));
  migrate(database, version(2));
  EXPECT_FALSE(std::filesystem::exists(snapshot(2)));
  EXPECT_FALSE(std::filesystem::exists(snapshot(0)));
}

TEST_F(SchemaTest, AStepThatFailsLeavesTheOldVersion) {
  Database database(file());
  migrate(database, version(1));
  Schema broken = version(2);
  broken.steps.push_back("CREATE TABLE note (again TEXT);");
  EXPECT_THROW(migrate(database, broken), StoreError);
  EXPECT_EQ(database.integer("PRAGMA user_version"), 1);
  EXPECT_EQ(database.integer("SELECT count(*) FROM pragma_table_info('note')"), 1);
  migrate(database, version(3));
  EXPECT_EQ(database.integer("PRAGMA user_version"), 3);
}

TEST_F(SchemaTest, ALaterVersionIsRefusedByName) {
  Database database(file());
  migrate(database, version(3));
  try {
    migrate(database, version(2));
    FAIL();
  } catch (const StoreError& error) {
    const std::string what = error.what();
    EXPECT_NE(what.find(file().string()), std::string::npos);
    EXPECT_NE(what.find("schema version 3, this Pabal knows versions to 2"), std::string::npos)
        << what;
  }
}

TEST_F(SchemaTest, AnotherKindIsRefused) {
  Database database(file());
  migrate(database, account_schema());
  EXPECT_THROW(migrate(database, directory_schema()), StoreError);
}

TEST_F(SchemaTest, TwoProcessesMayMigrateAtOnce) {
  Database first(file());
  migrate(first, version(1));
  Database second(file());
  // The second is as far as having seen the old version when the first does it all.
  bool done = false;
  second.on_step([&](std::string_view step) {
    if (step != "BEGIN IMMEDIATE" || done) return;
    done = true;
    migrate(first, version(3));
  });
  migrate(second, version(3));
  EXPECT_TRUE(done);
  EXPECT_EQ(second.integer("PRAGMA user_version"), 3);
}

TEST_F(SchemaTest, WhoLooksOnChangesNothing) {
  Database database(file());
  migrate(database, version(2));
  EXPECT_NO_THROW(expect_current(database, version(2)));
  EXPECT_THROW(expect_current(database, version(3)), StoreError);
  EXPECT_THROW(expect_current(database, version(1)), StoreError);
  EXPECT_EQ(database.integer("PRAGMA user_version"), 2);
}

}  // namespace
}  // namespace mailstore
