#include <gtest/gtest.h>

#include "mailstore/directory.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

class DirectorySharesTest : public testing::Test {
 protected:
  DirectorySharesTest() {
    directory_.add_domain("example.test");
    for (const char* name : {"alice", "bob", "carol"})
      ids_.push_back(directory_.add_account(std::string(name) + "@example.test", "secret")->id);
    alice_ = ids_[0], bob_ = ids_[1], carol_ = ids_[2];
  }
  std::vector<std::string> sharers(AccountId user) {
    std::vector<std::string> names;
    for (const auto& owner : directory_.sharers(user)) names.push_back(owner.address);
    return names;
  }

  tests::TemporaryFolder folder_;
  Directory directory_{folder_.path() / "domain.db"};
  std::vector<AccountId> ids_;
  AccountId alice_ = 0, bob_ = 0, carol_ = 0;
};

using Names = std::vector<std::string>;

TEST_F(DirectorySharesTest, TellsWhoSharesWithWhomOrWithEverybody) {
  directory_.add_share(bob_, alice_);
  directory_.add_share(bob_, alice_);
  directory_.add_share(0, carol_);
  EXPECT_EQ(sharers(bob_), (Names{"alice@example.test", "carol@example.test"}));
  EXPECT_EQ(sharers(alice_), Names{"carol@example.test"});
  EXPECT_EQ(sharers(carol_), Names());
  directory_.remove_share(bob_, alice_);
  EXPECT_EQ(sharers(bob_), Names{"carol@example.test"});
}

TEST_F(DirectorySharesTest, FindsOneByAddressOfThoseAlone) {
  directory_.add_share(bob_, alice_);
  EXPECT_EQ(directory_.sharer(bob_, "ALICE@Example.test")->id, alice_);
  EXPECT_FALSE(directory_.sharer(carol_, "alice@example.test"));
  EXPECT_FALSE(directory_.sharer(bob_, "nobody@example.test"));
  EXPECT_FALSE(directory_.sharer(bob_, "no address"));
}

TEST_F(DirectorySharesTest, ForgetsAccountsThatAreRemoved) {
  directory_.add_share(bob_, alice_);
  directory_.add_share(alice_, carol_);
  ASSERT_TRUE(directory_.remove_account("alice@example.test"));
  EXPECT_EQ(sharers(bob_), Names());
}

}  // namespace
}  // namespace mailstore
