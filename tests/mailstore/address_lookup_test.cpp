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
  void forward(AccountId account, std::vector<std::string> targets) {
    for (std::size_t i = 0; i < targets.size(); ++i)
      database.run("INSERT INTO forward VALUES (?, ?, ?)", account, i, targets[i]);
  }
  Resolution resolve(const std::string& local, const std::string& domain = "example.test") {
    return AddressLookup(database).resolve({local, domain});
  }
  std::vector<AccountId> accounts(const std::string& local) { return resolve(local).accounts; }

  using Ids = std::vector<AccountId>;
  using Forwards = std::vector<Forward>;
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
  EXPECT_EQ(all.remote[0].address.to_string(), "out@elsewhere.test");
  EXPECT_EQ(all.remote[0].by, "team") << "the last one on the way";
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
  EXPECT_TRUE(resolve("c3").whole);
  EXPECT_EQ(accounts("c2"), Ids{}) << "eleven";
  EXPECT_FALSE(resolve("c2").whole);
}

TEST_F(AddressLookupTest, MeetsNoCircleWhereTwoWaysJoin) {
  alias("left", {"end@example.test"});
  alias("right", {"end@example.test"});
  alias("end", {"bob@example.test"});
  alias("both", {"left@example.test", "right@example.test"});
  AddressLookup joined(database);
  EXPECT_EQ(joined.resolve({"both", "example.test"}).accounts, Ids{kBob});
  EXPECT_FALSE(joined.met_a_circle());
  alias("round", {"back@example.test"});
  alias("back", {"bob@example.test", "round@example.test"});
  AddressLookup circle(database);
  EXPECT_EQ(circle.resolve({"round", "example.test"}).accounts, Ids{kBob});
  EXPECT_TRUE(circle.met_a_circle());
}

TEST_F(AddressLookupTest, UsersForward) {
  forward(kAlice, {"alice@elsewhere.test", "bob@example.test"});
  Resolution kept = resolve("alice+tag");
  EXPECT_EQ(kept.accounts, (Ids{kAlice, kBob}));
  EXPECT_EQ(kept.remote, (Forwards{{{"alice", "elsewhere.test"}, "alice"}}));
  database.run("UPDATE account SET keep = 0 WHERE id = ?", kAlice);
  EXPECT_EQ(accounts("alice"), Ids{kBob});
  alias("all", {"bob@example.test", "alice@example.test", "alice@elsewhere.test"});
  const Resolution all = resolve("all");
  EXPECT_EQ(all.accounts, Ids{kBob});
  EXPECT_EQ(all.remote, (Forwards{{{"alice", "elsewhere.test"}, "alice"}}));
}

// Nobody must lose his mail because two people each thought the other would keep it.
TEST_F(AddressLookupTest, ForwardsThatLeadNowhereLeaveTheMailWhereItIs) {
  forward(kAlice, {"bob@example.test"});
  forward(kBob, {"alice@example.test"});
  database.run("UPDATE account SET keep = 0");
  EXPECT_EQ(accounts("alice"), Ids{kAlice});
  EXPECT_EQ(accounts("bob"), Ids{kBob});
  database.run("UPDATE forward SET target = 'nobody@example.test' WHERE account = ?", kBob);
  EXPECT_EQ(accounts("bob"), Ids{kBob});
}

TEST_F(AddressLookupTest, ForwardsCanBeIgnored) {
  forward(kAlice, {"bob@example.test"});
  database.run("UPDATE account SET keep = 0");
  AddressLookup lookup(database, AddressLookup::Forwards::kIgnored);
  EXPECT_EQ(lookup.resolve({"alice", "example.test"}).accounts, Ids{kAlice});
}

TEST_F(AddressLookupTest, ACatchAllForwardsByTheNameThatWasAskedFor) {
  alias("", {"dave@elsewhere.test"});
  EXPECT_EQ(resolve("anything").remote,
            (Forwards{{{"dave", "elsewhere.test"}, "anything@example.test"}}));
}

TEST_F(AddressLookupTest, TellsWhatIsTaken) {
  alias("info", {"bob@example.test"});
  EXPECT_TRUE(is_taken(database, {"example.test", "alice"}));
  EXPECT_TRUE(is_taken(database, {"example.test", "info"}));
  EXPECT_FALSE(is_taken(database, {"second.test", "alice"}));
  EXPECT_EQ(parse_key("Alice@EXAMPLE.test"), (AddressKey{"example.test", "alice"}));
  EXPECT_EQ(parse_key("alice"), std::nullopt);
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
  EXPECT_EQ(resolve("postmaster", "second.test").accounts, Ids{kAlice})
      << "of a domain without accounts";
}

}  // namespace
}  // namespace mailstore
