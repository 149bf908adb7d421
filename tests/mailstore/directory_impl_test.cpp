#include "mailstore/directory_impl.hpp"

#include <gtest/gtest.h>

#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

TEST(DirectoryImpl, FindsWhatItInserted) {
  tests::TemporaryFolder folder;
  // The struct is the class's own; its members are seen through the door that the room uses.
  Directory directory(folder.path() / "domain.db");
  ASSERT_TRUE(directory.add_domain("example.test"));
  const auto added = directory.add_account("Alice@example.test", "secret");
  ASSERT_TRUE(added);
  Database database(folder.path() / "domain.db");
  Statement row = database.query(std::string(kAccountColumns) + "WHERE local = 'alice'");
  ASSERT_TRUE(row.step());
  const AccountInfo read = read_account(row);
  EXPECT_EQ(read.id, added->id);
  EXPECT_EQ(read.address, "Alice@example.test");
  EXPECT_EQ(read.created_at, added->created_at);
}

}  // namespace
}  // namespace mailstore
