#include "mua/sync/local_store.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>

#include "tests/temporary_folder.hpp"

namespace mua::sync {
namespace {

TEST(LocalStore, IsReadableByItsOwnerAlone) {
  const tests::TemporaryFolder folder;
  const LocalStore store(folder / "a.db");
  struct stat status {};
  ASSERT_EQ(::stat(store.file().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST(LocalStore, NumbersAreShortWithinIt) {
  const tests::TemporaryFolder folder;
  LocalStore store(folder / "a.db");
  store.database().run("INSERT INTO draft (saved_at, content) VALUES (1, '')");
  const std::int64_t id = store.database().last_insert_id();
  EXPECT_EQ(store_number(id), store.number());
  EXPECT_EQ(number_within(id), 1);
  EXPECT_EQ(store.id_of(1), id);
  EXPECT_EQ(store.id_of(id), id);
}

TEST(LocalStore, RefusesAFileOfAnotherKind) {
  const tests::TemporaryFolder folder;
  { mailstore::Database(folder / "a.db").script("PRAGMA user_version = 1"); }
  EXPECT_THROW(LocalStore(folder / "a.db"), mailstore::StoreError);
}

TEST(LocalStore, LivesInTheHomeOrBesideOtherSettings) {
  const tests::TemporaryFolder folder;
  ::setenv("XDG_CONFIG_HOME", (folder / "config").c_str(), 1);
  ::setenv("XDG_DATA_HOME", (folder / "share").c_str(), 1);
  EXPECT_EQ(store_file(folder / "config/pabal/mua.toml", "a@x.test"),
            folder / "share/pabal/a@x.test.db");
  EXPECT_EQ(store_file(folder / "mua.toml", "\"a/b\"@x.test"),
            folder / "mua-store/\"a_b\"@x.test.db");
  ::unsetenv("XDG_CONFIG_HOME");
  ::unsetenv("XDG_DATA_HOME");
}

}  // namespace
}  // namespace mua::sync
