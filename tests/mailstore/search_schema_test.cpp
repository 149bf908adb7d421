#include <gtest/gtest.h>

#include "mailstore/schema.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

TEST(SearchSchema, IsMadeOnceAndKept) {
  tests::TemporaryFolder folder;
  Database database(folder.path() / "search.db");
  migrate(database, search_schema());
  database.run("UPDATE coverage SET to_content = 7");
  migrate(database, search_schema());
  EXPECT_EQ(database.integer("SELECT to_content FROM coverage"), 7);
  EXPECT_EQ(database.integer("PRAGMA user_version"), 2);
}

}  // namespace
}  // namespace mailstore
