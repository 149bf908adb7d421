#include "imapd/reach.hpp"

#include "mailstore/acl.hpp"
#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using mail::Right;

class ReachTest : public CommandTest {
 protected:
  ReachTest() : bob_(domain_.add_user("bob", "secret")) {
    auto& directory = domain_.store().directory();
    alice_ = directory.find_account("alice@example.test").value();
    account_ = domain_.store().account(alice_.id);
  }
  void grant(const char* rights) {
    auto inbox = mailstore::find_mailbox(*account_, "INBOX").value().id;
    mailstore::change_acl(*account_, domain_.store().directory(), inbox, {bob_},
                          *mail::parse_rights_change(rights));
  }
  Location inbox() { return {alice_, "INBOX", "Other Users/alice@example.test/INBOX"}; }

  const mailstore::AccountId bob_;
  mailstore::AccountInfo alice_;
  std::shared_ptr<mailstore::Account> account_;
};

TEST_F(ReachTest, TheOwnerGetsEverywhere) {
  auto reached = reach_in(*account_, alice_.id, inbox(), mail::Rights::all());
  ASSERT_TRUE(reached);
  EXPECT_EQ(reached->info.name, "INBOX");
  EXPECT_EQ(reached->rights, mail::Rights::all());
}

TEST_F(ReachTest, OthersGetAsFarAsTheirRights) {
  EXPECT_EQ(reach_in(*account_, bob_, inbox(), Right::kRead).error().code, "NONEXISTENT");
  grant("r");
  EXPECT_EQ(reach_in(*account_, bob_, inbox(), Right::kInsert).error().code, "NONEXISTENT");
  grant("lr");
  EXPECT_EQ(reach_in(*account_, bob_, inbox(), Right::kInsert).error().code, "NOPERM");
  EXPECT_EQ(reach_in(*account_, bob_, inbox(), Right::kInsert | Right::kRead).error().code,
            "NOPERM");
  auto reached = reach_in(*account_, bob_, inbox(), Right::kInsert | Right::kRead, Need::kAny);
  ASSERT_TRUE(reached);
  EXPECT_EQ(reached->info.name, "Other Users/alice@example.test/INBOX");
}

TEST_F(ReachTest, WhatIsNotThereMayBeCreatedByThoseWhoPutMailInto) {
  EXPECT_EQ(or_create_it(refused_for({})).code, "TRYCREATE");
  EXPECT_EQ(or_create_it(refused_for(Right::kLookup)).code, "NOPERM");
}

}  // namespace
}  // namespace imapd
