#include <gtest/gtest.h>

#include "mailstore/history.hpp"
#include "mailstore/schema.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

TEST(HistorySchema, IsAKindOfItsOwn) {
  tests::TemporaryFolder folder;
  {
    Database queue(folder.path() / "history.db");
    migrate(queue, queue_schema());
  }
  EXPECT_THROW(write_history(folder.path(), {}), StoreError);
}

// The file of version 1, as it was released, is what later versions have to bring up to date.
TEST(HistorySchema, Version1) {
  tests::TemporaryFolder folder;
  Database database(folder.path() / "history.db");
  Schema first = history_schema();
  first.steps.resize(1);
  migrate(database, first);
  database.run(
      "INSERT INTO step VALUES (1, 1000, 'e-1', '<m@a.test>', 'alice@a.test', 'bob@b.test', '', 2,"
      " 'mx.b.test', '', '451 later')");
  migrate(database, history_schema());
  EXPECT_EQ(database.integer("SELECT count(*) FROM step WHERE queue = 'e-1' AND event = 2"), 1);
}

}  // namespace
}  // namespace mailstore
