#include <gtest/gtest.h>

#include "mailstore/schema.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

TEST(SortSchema, HasASecretOfItsOwn) {
  tests::TemporaryFolder folder;
  Database one(folder.path() / "one.db"), two(folder.path() / "two.db");
  migrate(one, sort_schema());
  migrate(two, sort_schema());
  const auto secret = [](Database& database) {
    Statement row = database.query("SELECT octets FROM secret");
    EXPECT_TRUE(row.step());
    return row.string(0);
  };
  EXPECT_EQ(secret(one).size(), 32u);
  EXPECT_NE(secret(one), secret(two));
}

}  // namespace
}  // namespace mailstore
