#include <gtest/gtest.h>

#include "mailstore/schema.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

TEST(FetchSchema, AChunkBeginsAtAMessageOnce) {
  tests::TemporaryFolder folder;
  Database database(folder.path() / "fetch.db");
  migrate(database, fetch_schema());
  const auto insert = [&](int mailbox) {
    database.run(
        "INSERT INTO chunk (mailbox, uid_validity, first_uid, last_uid, messages) "
        "VALUES (?, 1, 1, 9, 9)",
        mailbox);
  };
  insert(1);
  insert(2);
  EXPECT_THROW(insert(1), StoreError);
}

}  // namespace
}  // namespace mailstore
