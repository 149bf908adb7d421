#include "mailstore/directory.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

class DirectoryTest : public testing::Test {
 protected:
  DirectoryTest() : directory(file()) { directory.add_domain("example.test"); }
  std::filesystem::path file() const { return temporary.path() / "domain.db"; }
  AccountId add(std::string_view address) {
    return directory.add_account(address, "secret").value().id;
  }
  bool knows(std::string_view login, std::string_view password) {
    return directory.verify(login, password).has_value();
  }

  tests::TemporaryFolder temporary;
  Directory directory;
};

TEST_F(DirectoryTest, Domains) {
  EXPECT_TRUE(directory.add_domain("Bücher.example"));
  EXPECT_EQ(directory.add_domain("xn--bcher-kva.example").error(), Failure::kAlreadyExists);
  EXPECT_EQ(directory.add_domain("EXAMPLE.test").error(), Failure::kAlreadyExists);
  EXPECT_EQ(directory.add_domain("no domain").error(), Failure::kInvalidName);
  EXPECT_EQ(directory.domains(), (std::vector<std::string>{"example.test", "bücher.example"}));
  EXPECT_TRUE(directory.remove_domain("BÜCHER.example"));
  EXPECT_EQ(directory.remove_domain("bücher.example").error(), Failure::kNoSuchDomain);
  EXPECT_EQ(directory.remove_domain("no domain").error(), Failure::kNoSuchDomain);
  directory.add_alias("@example.test", {"x@elsewhere.test"});
  EXPECT_EQ(directory.remove_domain("example.test").error(), Failure::kInUse);
  directory.remove_alias("@example.test");
  add("alice@example.test");
  EXPECT_EQ(directory.remove_domain("example.test").error(), Failure::kInUse);
  directory.remove_account("alice@example.test");
  EXPECT_TRUE(directory.remove_domain("example.test"));
}

TEST_F(DirectoryTest, Accounts) {
  const auto alice = directory.add_account("Alice@Example.test", "secret").value();
  EXPECT_EQ(alice.address, "Alice@Example.test");
  EXPECT_GT(alice.created_at, 1'700'000'000);
  EXPECT_EQ(directory.find_account("alice@example.TEST")->id, alice.id);
  EXPECT_EQ(directory.find_account(alice.id)->address, "Alice@Example.test");
  EXPECT_EQ(directory.find_account(999), std::nullopt);
  EXPECT_EQ(directory.find_account("bob@example.test"), std::nullopt);
  EXPECT_EQ(directory.find_account("nonsense"), std::nullopt);
  EXPECT_EQ(directory.accounts().size(), 1u);
}

TEST_F(DirectoryTest, AccountsThatCannotBe) {
  add("alice@example.test");
  directory.add_alias("info@example.test", {"alice@example.test"});
  auto failure = [&](std::string_view address, std::string_view password = "secret") {
    return directory.add_account(address, password).error();
  };
  EXPECT_EQ(failure("ALICE@example.test"), Failure::kAlreadyExists);
  EXPECT_EQ(failure("info@example.test"), Failure::kAlreadyExists);
  EXPECT_EQ(failure("alice@elsewhere.test"), Failure::kNoSuchDomain);
  EXPECT_EQ(failure("alice"), Failure::kInvalidName);
  EXPECT_EQ(failure("@example.test"), Failure::kInvalidName);
  EXPECT_EQ(failure("bob@[127.0.0.1]"), Failure::kNoSuchDomain);
  EXPECT_EQ(failure("bob@example.test", ""), Failure::kBadPassword);
}

TEST_F(DirectoryTest, IdsAreNeverGivenAgain) {
  const AccountId first = add("alice@example.test");
  EXPECT_TRUE(directory.remove_account("alice@example.test"));
  EXPECT_EQ(directory.remove_account("alice@example.test").error(), Failure::kNoSuchAccount);
  EXPECT_EQ(directory.remove_account("nonsense").error(), Failure::kNoSuchAccount);
  EXPECT_GT(add("alice@example.test"), first);
}

TEST_F(DirectoryTest, VerifiesPasswords) {
  const AccountId alice = add("alice@example.test");
  EXPECT_EQ(directory.verify("Alice@Example.Test", "secret")->id, alice);
  EXPECT_TRUE(knows("alice@example.test", "secret")) << "remembered";
  EXPECT_FALSE(knows("alice@example.test", "wrong"));
  EXPECT_FALSE(knows("bob@example.test", "secret"));
  EXPECT_FALSE(knows("", ""));
  EXPECT_FALSE(knows("alice", "secret"));
}

TEST_F(DirectoryTest, AnotherProcessChangesThePassword) {
  add("alice@example.test");
  EXPECT_TRUE(knows("alice@example.test", "secret"));
  Directory other(file());
  EXPECT_TRUE(other.set_password("alice@example.test", "changed"));
  EXPECT_FALSE(knows("alice@example.test", "secret")) << "no longer remembered";
  EXPECT_TRUE(knows("alice@example.test", "changed"));
  EXPECT_EQ(other.set_password("bob@example.test", "x").error(), Failure::kNoSuchAccount);
  EXPECT_EQ(other.set_password("nonsense", "x").error(), Failure::kNoSuchAccount);
  EXPECT_EQ(other.set_password("alice@example.test", "").error(), Failure::kBadPassword);
  other.remove_account("alice@example.test");
  EXPECT_FALSE(knows("alice@example.test", "changed"));
}

TEST_F(DirectoryTest, ScramKeysChangeWithThePassword) {
  add("alice@example.test");
  const ScramKeys before = directory.scram_keys("alice@example.test").value();
  EXPECT_FALSE(before.salt.empty());
  EXPECT_EQ(before.stored_key.size(), 32u);
  EXPECT_EQ(before.server_key.size(), 32u);
  directory.set_password("alice@example.test", "changed");
  EXPECT_NE(directory.scram_keys("alice@example.test")->stored_key, before.stored_key);
  EXPECT_EQ(directory.scram_keys("bob@example.test"), std::nullopt);
  EXPECT_EQ(directory.scram_keys("bob"), std::nullopt);
}

TEST_F(DirectoryTest, Aliases) {
  EXPECT_TRUE(directory.add_alias("Info@example.test", {"a@example.test", "b@elsewhere.test"}));
  EXPECT_TRUE(directory.add_alias("@example.test", {"a@elsewhere.test"}));
  const auto aliases = directory.aliases();
  ASSERT_EQ(aliases.size(), 2u);
  EXPECT_EQ(aliases[0].address, "@example.test");
  EXPECT_EQ(aliases[1].address, "Info@example.test");
  EXPECT_EQ(aliases[1].targets, (std::vector<std::string>{"a@example.test", "b@elsewhere.test"}));
  EXPECT_TRUE(directory.remove_alias("info@EXAMPLE.test"));
  EXPECT_EQ(directory.remove_alias("info@example.test").error(), Failure::kNoSuchAlias);
  EXPECT_EQ(directory.remove_alias("@").error(), Failure::kNoSuchAlias);
}

TEST_F(DirectoryTest, AliasesThatCannotBe) {
  add("alice@example.test");
  auto failure = [&](std::string_view address, const std::vector<std::string>& targets) {
    return directory.add_alias(address, targets).error();
  };
  EXPECT_EQ(failure("alice@example.test", {"b@example.test"}), Failure::kAlreadyExists);
  EXPECT_EQ(failure("x@elsewhere.test", {"b@example.test"}), Failure::kNoSuchDomain);
  EXPECT_EQ(failure("x@example.test", {}), Failure::kInvalidName);
  EXPECT_EQ(failure("x@example.test", {"not an address"}), Failure::kInvalidName);
  EXPECT_EQ(failure("@", {"b@example.test"}), Failure::kInvalidName);
  directory.add_alias("x@example.test", {"b@example.test"});
  EXPECT_EQ(failure("X@example.test", {"c@example.test"}), Failure::kAlreadyExists);
}

TEST_F(DirectoryTest, RemembersThatAnAccountHadAFolder) {
  const AccountId alice = add("alice@example.test");
  EXPECT_FALSE(directory.has_folder(alice));
  directory.remember_folder(alice);
  EXPECT_TRUE(Directory(file()).has_folder(alice));
  EXPECT_FALSE(directory.has_folder(999));
}

TEST_F(DirectoryTest, ManyThreadsMayAsk) {
  add("alice@example.test");
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int round = 0; round < 200; ++round)
        if (!directory.resolve({"alice", "example.test"}).known()) ++wrong;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(Directory, SeveralProcessesMayCreateItAtOnce) {
  tests::TemporaryFolder temporary;
  std::vector<std::thread> threads;
  std::atomic<int> failures{0};
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      try {
        Directory directory(temporary.path() / "domain.db");
        directory.add_domain("example.test");
      } catch (const StoreError&) {
        ++failures;
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(Directory(temporary.path() / "domain.db").domains().size(), 1u);
}

TEST(Directory, ADamagedFileIsNamed) {
  tests::TemporaryFolder temporary;
  const auto file = temporary.path() / "domain.db";
  std::ofstream(file) << std::string(8192, 'x');
  try {
    Directory directory(file);
    FAIL();
  } catch (const StoreError& error) {
    EXPECT_NE(std::string(error.what()).find(file.string()), std::string::npos);
  }
}

}  // namespace
}  // namespace mailstore
