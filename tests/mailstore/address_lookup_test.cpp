#include "mailstore/address_lookup.hpp"

#include <gtest/gtest.h>

#include "mailstore/schema.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

constexpr AccountId kAlice = 1, kBob = 2;

/// The tables filled by hand: hashing passwords is not what is tested here.
class AddressLookupTest : public testing::Test {
 protected:
  AddressLookupTest() : database(temporary.path() / "domain.db") {
    migrate(database, directory_schema());
    database.run("INSERT INTO domain (name) VALUES ('example.test'), ('second.test')");
    for (const char* name : {"alice", "bob"})
      database.run(
          "INSERT INTO account (domain, local, address, created_at, password, salt, iterations, "
          "stored_key, server_key) VALUES ('example.test', ?1, ?1, 0, '', x'', 1, x'', x'')",
          name);
  }
  void alias(std::string_view local, std::vector<std::string> targets) {
    for (std::size_t i = 0; i < targets.size(); ++i)
      database.run("INSERT INTO alias VALUES ('example.test', ?1, ?2, ?1, ?3)", local, i,
                   targets[i]);
  }
  Resolution resolve(const std::string& local, const std::string& domain = "example.test") {
    return AddressLookup(database).resolve({local, domain});
  }
  std::vector<AccountId> accounts(const std::string& local) { return resolve(local).accounts; }

  using Ids = std::vector<AccountId>;
  tests::TemporaryFolder temporary;
  Database database;
};

TEST_F(AddressLookupTest, AnAccountInAnyCase) {
  EXPECT_EQ(accounts("alice"), Ids{kAlice});
  EXPECT_EQ(accounts("ALICE"), Ids{kAlice});
  EXPECT_EQ(resolve("alice", "EXAMPLE.Test").accounts, Ids{kAlice});
  EXPECT_FALSE(resolve("nobody").known());
  EXPECT_TRUE(resolve("nobody").domain_is_local);
  EXPECT_FALSE(resolve("alice", "second.test").known()) << "another domain's";
}

TEST_F(AddressLookupTest, OtherDomainsAreNotOurs) {
  const Resolution elsewhere = resolve("alice", "elsewhere.test");
  EXPECT_FALSE(elsewhere.domain_is_local);
  EXPECT_FALSE(elsewhere.known());
  EXPECT_FALSE(resolve("alice", "[127.0.0.1]").domain_is_local);
  EXPECT_FALSE(resolve("", "").domain_is_local);
}

TEST_F(AddressLookupTest, PlusAddresses) {
  alias("info", {"bob@example.test"});
  alias("alice+lists", {"bob@example.test"});
  EXPECT_EQ(accounts("alice+shop"), Ids{kAlice});
  EXPECT_EQ(accounts("alice+a+b"), Ids{kAlice});
  EXPECT_EQ(accounts("info+x"), Ids{kBob});
  EXPECT_EQ(accounts("alice+lists"), Ids{kBob}) << "what is said outright goes first";
  EXPECT_EQ(accounts("nobody+x"), Ids{});
  EXPECT_EQ(accounts("+x"), Ids{});
}

TEST_F(AddressLookupTest, AliasesLeadAnywhere) {
  alias("all",
        {"alice@example.test", "bob@example.test", "team@example.test", "out@elsewhere.test"});
  alias("team", {"alice@example.test", "out@elsewhere.test"});
  const Resolution all = resolve("all");
  EXPECT_EQ(all.accounts, (Ids{kAlice, kBob})) << "each once";
  ASSERT_EQ(all.remote.size(), 1u);
  EXPECT_EQ(all.remote[0].to_string(), "out@elsewhere.test");
  alias("dangling", {"nobody@example.test"});
  EXPECT_FALSE(resolve("dangling").known());
}

TEST_F(AddressLookupTest, LoopsAndLongChainsEnd) {
  alias("a", {"b@example.test"});
  alias("b", {"a@example.test", "alice@example.test"});
  EXPECT_EQ(accounts("a"), Ids{kAlice});
  for (int i = 0; i < 12; ++i)
    alias("c" + std::to_string(i), {"c" + std::to_string(i + 1) + "@example.test"});
  alias("c12", {"bob@example.test"});
  EXPECT_EQ(accounts("c3"), Ids{kBob}) << "ten steps";
  EXPECT_EQ(accounts("c2"), Ids{}) << "eleven";
}

TEST_F(AddressLookupTest, TheCatchAllTakesTheRest) {
  alias("", {"bob@example.test"});
  EXPECT_EQ(accounts("anything"), Ids{kBob});
  EXPECT_EQ(accounts("alice"), Ids{kAlice});
  EXPECT_FALSE(resolve("anything", "second.test").known());
}

TEST_F(AddressLookupTest, ACatchAllToNobodyEnds) {
  alias("", {"nobody@example.test"});
  EXPECT_FALSE(resolve("anything").known());
}

TEST_F(AddressLookupTest, PostmasterAlwaysWorks) {
  EXPECT_EQ(accounts("Postmaster"), Ids{kAlice}) << "the first account";
  EXPECT_EQ(resolve("postmaster", "").accounts, Ids{kAlice}) << "without a domain";
  alias("postmaster", {"bob@example.test"});
  EXPECT_EQ(accounts("postmaster"), Ids{kBob});
  EXPECT_FALSE(resolve("postmaster", "second.test").known()) << "a domain without accounts";
}

}  // namespace
}  // namespace mailstore
