#include "mailstore/directory_memory.hpp"

#include <gtest/gtest.h>

#include "mailstore/errors.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

class DirectoryMemoryTest : public testing::Test {
 protected:
  DirectoryMemoryTest() {
    directory.add_domain("example.test");
    alice = directory.add_account("alice@example.test", "secret").value().id;
  }
  std::filesystem::path file() const { return folder / "domain.db"; }
  std::vector<AccountId> where(const std::string& local) const {
    return directory.resolve({local, "example.test"}).accounts;
  }

  Resolution to_alice() const {
    Resolution resolution;
    resolution.accounts = {alice};
    return resolution;
  }

  tests::TemporaryFolder folder;
  Directory directory{file()};
  AccountId alice = 0;
};

TEST_F(DirectoryMemoryTest, AsksOnceWhileNothingChanges) {
  DirectoryMemory memory(file());
  int asked = 0;
  const auto ask = [&] {
    ++asked;
    return to_alice();
  };
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(memory.resolution({"alice", "example.test"}, ask).accounts.size(), 1u);
  EXPECT_EQ(asked, 1);
  memory.resolution({"Alice", "example.test"}, ask);
  EXPECT_EQ(asked, 2) << "an address as it was written";
  directory.add_alias("info@example.test", {"alice@example.test"});
  memory.resolution({"alice", "example.test"}, ask);
  EXPECT_EQ(asked, 3);
}

TEST_F(DirectoryMemoryTest, OnesOwnChangesAreSeenAtOnce) {
  EXPECT_TRUE(where("info").empty());
  directory.add_alias("info@example.test", {"alice@example.test"});
  EXPECT_EQ(where("info"), std::vector<AccountId>{alice});
  directory.remove_alias("info@example.test");
  EXPECT_TRUE(where("info").empty());
}

TEST_F(DirectoryMemoryTest, TheChangesOfOthersAreSeenAtOnce) {
  Directory other(file());
  EXPECT_TRUE(where("bob").empty());
  const AccountId bob = other.add_account("bob@example.test", "secret").value().id;
  EXPECT_EQ(where("bob"), std::vector<AccountId>{bob});
  EXPECT_TRUE(directory.find_account(bob));
  OwnLimits limits;
  limits.storage = 1000;
  other.set_limits("bob@example.test", limits);
  EXPECT_EQ(directory.find_account(bob)->limits.storage, 1000u);
  other.remove_account("bob@example.test");
  EXPECT_TRUE(where("bob").empty());
  EXPECT_FALSE(directory.find_account(bob));
}

TEST_F(DirectoryMemoryTest, ForgetsRatherThanGrows) {
  DirectoryMemory memory(file());
  int asked = 0;
  const auto ask = [&]() -> std::optional<AccountInfo> {
    ++asked;
    return std::nullopt;
  };
  const auto most = static_cast<AccountId>(DirectoryMemory::kMost);
  for (AccountId id = 0; id < most; ++id) memory.account(id, ask);
  memory.account(0, ask);
  EXPECT_EQ(asked, most);
  memory.account(most, ask);
  memory.account(0, ask);
  EXPECT_EQ(asked, most + 2);
}

TEST_F(DirectoryMemoryTest, AFailureIsNotRemembered) {
  DirectoryMemory memory(file());
  EXPECT_THROW(memory.resolution({"alice", "example.test"},
                                 []() -> Resolution { throw StoreError("the disk went away"); }),
               StoreError);
  const auto ask = [&] { return to_alice(); };
  EXPECT_EQ(memory.resolution({"alice", "example.test"}, ask).accounts.size(), 1u);
}

}  // namespace
}  // namespace mailstore
