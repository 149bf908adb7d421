// Aliases that stand by themselves are tested in directory_test.cpp, the search in
// address_lookup_test.cpp.
#include <gtest/gtest.h>

#include "mailstore/directory.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

using Copy = Forwarding::Copy;
using Targets = std::vector<std::string>;

class DirectoryRoutesTest : public testing::Test {
 protected:
  DirectoryRoutesTest() : directory(temporary.path() / "domain.db") {
    directory.add_domain("example.test");
    alice = directory.add_account("alice@example.test", "secret")->id;
    bob = directory.add_account("bob@example.test", "secret")->id;
  }
  Resolution resolve(const std::string& local) {
    return directory.resolve({local, "example.test"});
  }

  tests::TemporaryFolder temporary;
  Directory directory;
  AccountId alice = 0, bob = 0;
};

TEST_F(DirectoryRoutesTest, AliasesThatWouldLoopAreRefused) {
  EXPECT_TRUE(directory.add_alias("a@example.test", {"b@example.test"}));
  EXPECT_TRUE(directory.add_alias("b@example.test", {"c@example.test"}));
  EXPECT_EQ(directory.add_alias("c@example.test", {"bob@example.test", "A@EXAMPLE.test"}).error(),
            Failure::kLoop);
  EXPECT_EQ(directory.add_alias("d@example.test", {"d+x@example.test"}).error(), Failure::kLoop);
  EXPECT_EQ(directory.add_alias("@example.test", {"nobody@example.test"}).error(), Failure::kLoop);
  EXPECT_EQ(directory.aliases().size(), 2u) << "nothing of them is kept";
}

TEST_F(DirectoryRoutesTest, ChainsOfAliasesHaveAnEnd) {
  directory.add_alias("c0@example.test", {"bob@example.test"});
  for (int i = 1; i < 10; ++i)
    EXPECT_TRUE(directory.add_alias("c" + std::to_string(i) + "@example.test",
                                    {"c" + std::to_string(i - 1) + "@example.test"}));
  EXPECT_EQ(directory.add_alias("c10@example.test", {"c9@example.test"}).error(),
            Failure::kTooDeep);
  EXPECT_EQ(resolve("c9").accounts, std::vector<AccountId>{bob});
}

TEST_F(DirectoryRoutesTest, TargetsAreKeptOnce) {
  EXPECT_TRUE(directory.add_alias("all@example.test",
                                  {"bob@example.test", "x@elsewhere.test", "BOB@Example.test"}));
  EXPECT_EQ(directory.aliases().front().targets, (Targets{"bob@example.test", "x@elsewhere.test"}));
}

TEST_F(DirectoryRoutesTest, ForwardingIsSetShownAndCleared) {
  EXPECT_TRUE(directory.forwarding(alice).targets.empty());
  EXPECT_TRUE(directory.set_forwarding(
      "Alice@example.test",
      {{"a@elsewhere.test", "b@elsewhere.test", "A@elsewhere.test"}, Copy::kNone}));
  EXPECT_EQ(directory.forwarding(alice).targets, (Targets{"a@elsewhere.test", "b@elsewhere.test"}));
  EXPECT_EQ(directory.forwarding(alice).copy, Copy::kNone);
  EXPECT_TRUE(resolve("alice").accounts.empty());
  EXPECT_EQ(resolve("alice").remote.size(), 2u);
  EXPECT_EQ(resolve("alice").remote[0].by, "alice@example.test");
  EXPECT_TRUE(directory.set_forwarding("alice@example.test", {{"c@elsewhere.test"}, Copy::kKept}));
  EXPECT_EQ(resolve("alice").accounts, std::vector<AccountId>{alice});
  EXPECT_TRUE(directory.set_forwarding("alice@example.test", {}));
  EXPECT_TRUE(directory.forwarding(alice).targets.empty());
  EXPECT_TRUE(resolve("alice").remote.empty());
}

TEST_F(DirectoryRoutesTest, ForwardingThatCannotBeIsRefused) {
  const auto why = [&](std::string_view address, Targets targets) {
    return directory.set_forwarding(address, {std::move(targets), Copy::kKept}).error();
  };
  EXPECT_EQ(why("nobody@example.test", {"a@elsewhere.test"}), Failure::kNoSuchAccount);
  EXPECT_EQ(why("alice", {"a@elsewhere.test"}), Failure::kNoSuchAccount);
  EXPECT_EQ(why("alice@example.test", {"no address"}), Failure::kInvalidName);
  EXPECT_EQ(why("alice@example.test", {"alice@example.test"}), Failure::kLoop);
  EXPECT_TRUE(directory.set_forwarding("bob@example.test", {{"alice@example.test"}, Copy::kNone}));
  EXPECT_EQ(why("alice@example.test", {"bob@example.test"}), Failure::kLoop);
  EXPECT_EQ(directory.add_alias("bobby@example.test", {"bob@example.test"}).has_value(), true);
  EXPECT_EQ(resolve("bobby").accounts, std::vector<AccountId>{alice});
}

TEST_F(DirectoryRoutesTest, ForwardsGoWithTheirAccount) {
  directory.set_forwarding("alice@example.test", {{"a@elsewhere.test"}, Copy::kNone});
  EXPECT_TRUE(directory.remove_account("alice@example.test"));
  EXPECT_TRUE(directory.forwarding(alice).targets.empty());
  EXPECT_FALSE(resolve("alice").known());
}

// Whom mail is forwarded to says nothing about whose address it is.
TEST_F(DirectoryRoutesTest, SendingAsGoesByAliasesNotByForwards) {
  directory.set_forwarding("alice@example.test", {{"bob@example.test"}, Copy::kNone});
  directory.add_alias("team@example.test", {"bob@example.test"});
  EXPECT_TRUE(directory.may_send_as(alice, {"alice", "example.test"}));
  EXPECT_FALSE(directory.may_send_as(bob, {"alice", "example.test"}));
  EXPECT_TRUE(directory.may_send_as(bob, {"team", "example.test"}));
}

TEST_F(DirectoryRoutesTest, KnowsItsDomains) {
  EXPECT_TRUE(directory.is_local({"anybody", "EXAMPLE.test"}));
  EXPECT_FALSE(directory.is_local({"anybody", "elsewhere.test"}));
  EXPECT_FALSE(directory.is_local({"", ""}));
  EXPECT_FALSE(directory.is_local({"x", "[127.0.0.1]"}));
}

}  // namespace
}  // namespace mailstore
