#include "mailstore/acl.hpp"

#include "tests/mailstore/account_fixture.hpp"

namespace mailstore {
namespace {

using mail::Right;
using mail::Rights;

constexpr AccountId kOwner = 7;  // the fixture's

class AclTest : public AccountTest {
 protected:
  AclTest() {
    // Without the half second that deriving a password's keys takes.
    Database(folder_of_domain_.path() / "domain.db")
        .run(
            "INSERT INTO account (id, domain, local, address, created_at, password, salt, "
            "iterations, stored_key, server_key) VALUES (?, 'example.test', 'alice', "
            "'alice@example.test', 0, '', x'', 0, x'', x'')",
            kOwner);
  }
  AccountId bob() const { return 2; }
  AccountId carol() const { return 3; }

  Result<void, Failure> change(std::string_view mailbox, AclSubject subject, const char* rights) {
    return change_acl(account(), directory_, id(mailbox), subject,
                      *mail::parse_rights_change(rights));
  }
  Rights rights(std::string_view mailbox, AccountId user) {
    return rights_of(account(), id(mailbox), user);
  }
  std::vector<AccountId> sharers(AccountId user) {
    std::vector<AccountId> owners;
    for (const auto& owner : directory_.sharers(user)) owners.push_back(owner.id);
    return owners;
  }

  tests::TemporaryFolder folder_of_domain_;
  Directory directory_{folder_of_domain_.path() / "domain.db"};
};

TEST_F(AclTest, TheOwnerHasAllRightsAndOthersNone) {
  EXPECT_EQ(rights("INBOX", kOwner), Rights::all());
  EXPECT_EQ(rights("INBOX", bob()), Rights());
  EXPECT_TRUE(mailbox_acl(account(), inbox()).empty());
}

TEST_F(AclTest, AddsUpWhatIsGrantedAndTakesAwayWhatIsTaken) {
  ASSERT_TRUE(change("INBOX", {bob()}, "rw"));
  ASSERT_TRUE(change("INBOX", {kAnyone}, "ls"));
  ASSERT_TRUE(change("INBOX", {bob(), AclSign::kTaken}, "s"));
  EXPECT_EQ(mail::render_rights(rights("INBOX", bob())), "lrw");
  EXPECT_EQ(mail::render_rights(rights("INBOX", carol())), "ls");
  ASSERT_TRUE(change("INBOX", {kAnyone, AclSign::kTaken}, "l"));
  EXPECT_EQ(mail::render_rights(rights("INBOX", bob())), "rw");
  EXPECT_EQ(rights("INBOX", kOwner), Rights::all());
  EXPECT_EQ(mailbox_acl(account(), inbox()).size(), 4u);
}

TEST_F(AclTest, KeepsTheRightsThatWereGivenAndNoOthers) {
  ASSERT_TRUE(change("INBOX", {bob()}, "ke"));
  EXPECT_EQ(rights("INBOX", bob()), Right::kCreate | Right::kExpunge);
}

TEST_F(AclTest, AnEntryWithoutRightsGoes) {
  ASSERT_TRUE(change("INBOX", {bob()}, "lr"));
  ASSERT_TRUE(change("INBOX", {bob()}, "-lr"));
  EXPECT_TRUE(mailbox_acl(account(), inbox()).empty());
}

TEST_F(AclTest, KnowsTheRightsToAllMailboxesAtOnce) {
  ASSERT_TRUE(change("INBOX", {bob()}, "lr"));
  ASSERT_TRUE(change("Sent", {kAnyone}, "l"));
  ASSERT_TRUE(change("Trash", {bob(), AclSign::kTaken}, "l"));
  const auto everywhere = rights_everywhere(account(), bob());
  ASSERT_EQ(everywhere.size(), 2u);
  EXPECT_EQ(mail::render_rights(everywhere.at(inbox())), "lr");
  EXPECT_EQ(mail::render_rights(everywhere.at(id("Sent"))), "l");
}

TEST_F(AclTest, TheIndexKnowsWhoSharesWithWhom) {
  EXPECT_TRUE(sharers(bob()).empty());
  ASSERT_TRUE(change("INBOX", {bob()}, "l"));
  ASSERT_TRUE(change("Sent", {bob()}, "l"));
  EXPECT_EQ(sharers(bob()), std::vector<AccountId>{kOwner});
  EXPECT_TRUE(sharers(carol()).empty());
  ASSERT_TRUE(change("INBOX", {bob()}, "-l"));
  EXPECT_EQ(sharers(bob()), std::vector<AccountId>{kOwner});
  ASSERT_TRUE(change("Sent", {bob()}, "-l"));
  EXPECT_TRUE(sharers(bob()).empty());
  ASSERT_TRUE(change("Sent", {kAnyone}, "l"));
  EXPECT_EQ(sharers(carol()), std::vector<AccountId>{kOwner});
  EXPECT_TRUE(sharers(kOwner).empty()) << "nobody shares with himself";
}

TEST_F(AclTest, TheIndexIsTidiedOfMailboxesThatAreGone) {
  create_mailbox(account(), "Project").value();
  ASSERT_TRUE(change("Project", {bob()}, "l"));
  ASSERT_TRUE(delete_mailbox(account(), "Project"));
  tidy_shares(account(), directory_, bob());
  EXPECT_TRUE(sharers(bob()).empty());
}

TEST_F(AclTest, ListsAreInheritedKeptAndDeletedWithTheirMailboxes) {
  create_mailbox(account(), "Project").value();
  ASSERT_TRUE(change("Project", {bob()}, "lr"));
  create_mailbox(account(), "Project/a/b").value();
  EXPECT_EQ(mail::render_rights(rights("Project/a/b", bob())), "lr");
  ASSERT_TRUE(rename_mailbox(account(), "Project/a", "Elsewhere"));
  EXPECT_EQ(mail::render_rights(rights("Elsewhere/b", bob())), "lr");
  ASSERT_TRUE(delete_mailbox(account(), "Elsewhere/b"));
  create_mailbox(account(), "Other").value();
  EXPECT_EQ(rights("Other", bob()), Rights());
}

TEST_F(AclTest, ANameKeptForItsChildrenHasNoList) {
  create_mailbox(account(), "a/b").value();
  const auto parent = id("a");
  ASSERT_TRUE(change("a", {bob()}, "l"));
  ASSERT_TRUE(delete_mailbox(account(), "a"));
  EXPECT_EQ(rights("a", bob()), Rights());
  EXPECT_EQ(change("a", {bob()}, "l").error(), Failure::kNoSuchMailbox);
  EXPECT_EQ(change_acl(account(), directory_, parent, {bob()}, {}).error(),
            Failure::kNoSuchMailbox);
}

}  // namespace
}  // namespace mailstore
