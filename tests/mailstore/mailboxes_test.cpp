#include "mailstore/mailboxes.hpp"

#include <set>

#include "account_fixture.hpp"

namespace mailstore {
namespace {

class MailboxesTest : public AccountTest {
 protected:
  MailboxInfo create(std::string_view name) { return create_mailbox(account(), name).value(); }
  std::optional<MailboxInfo> find(std::string_view name) { return find_mailbox(account(), name); }
  Failure failure(const Result<void, Failure>& result) {
    EXPECT_FALSE(result.has_value());
    return result.error();
  }
};

TEST_F(MailboxesTest, CreatesWithMissingParents) {
  create("Work/2026/July");
  EXPECT_TRUE(find("Work")->has_children);
  EXPECT_TRUE(find("Work/2026")->selectable);
  EXPECT_FALSE(find("Work/2026/July")->has_children);
  EXPECT_EQ(create("Home/").name, "Home");
  EXPECT_FALSE(find("Home")->subscribed);
}

TEST_F(MailboxesTest, RefusesWhatCannotBeCreated) {
  EXPECT_EQ(create_mailbox(account(), "Sent").error(), Failure::kAlreadyExists);
  EXPECT_EQ(create_mailbox(account(), "inbox").error(), Failure::kAlreadyExists);
  EXPECT_EQ(create_mailbox(account(), "a//b").error(), Failure::kInvalidName);
  EXPECT_EQ(create_mailbox(account(), "x", "\\Nonsense").error(), Failure::kInvalidName);
  EXPECT_EQ(find("a//b"), std::nullopt);
}

TEST_F(MailboxesTest, SpecialUseIsKept) {
  EXPECT_EQ(create_mailbox(account(), "Everything", "\\all")->special_use, "\\All");
  EXPECT_EQ(find("Everything")->special_use, "\\All");
}

TEST_F(MailboxesTest, ListsInboxFirstThenByName) {
  create("AAA");
  create("INBOX/child");
  const auto mailboxes = list_mailboxes(account());
  EXPECT_EQ(mailboxes.at(0).name, "INBOX");
  EXPECT_TRUE(mailboxes.at(0).has_children);
  EXPECT_EQ(mailboxes.at(1).name, "AAA");
  EXPECT_TRUE(std::is_sorted(mailboxes.begin() + 1, mailboxes.end(),
                             [](auto& left, auto& right) { return left.name < right.name; }));
}

TEST_F(MailboxesTest, ANameThatOnlyBeginsAlikeIsNoChild) {
  create("a-b");
  create("a0");
  EXPECT_FALSE(create("a").has_children);
  create("a/b");
  EXPECT_TRUE(find("a")->has_children);
}

TEST_F(MailboxesTest, DeletesWithItsMessages) {
  const auto mailbox = create("Old");
  add(mailbox.id, "gone");
  EXPECT_TRUE(delete_mailbox(account(), "Old"));
  EXPECT_EQ(find("Old"), std::nullopt);
  EXPECT_EQ(mailbox_status(account(), mailbox.id).error(), Failure::kNoSuchMailbox);
  EXPECT_EQ(failure(delete_mailbox(account(), "Old")), Failure::kNoSuchMailbox);
  EXPECT_EQ(failure(delete_mailbox(account(), "Inbox")), Failure::kReserved);
  EXPECT_EQ(failure(delete_mailbox(account(), "a//b")), Failure::kNoSuchMailbox);
}

TEST_F(MailboxesTest, DeletedWithChildrenItStaysAsAName) {
  const auto parent = create("a");
  add(parent.id, "gone");
  create("a/b");
  EXPECT_TRUE(delete_mailbox(account(), "a"));
  EXPECT_FALSE(find("a")->selectable);
  EXPECT_EQ(mailbox_status(account(), find("a")->id).error(), Failure::kNoSuchMailbox);
  EXPECT_EQ(mailbox_status(account(), parent.id).error(), Failure::kNoSuchMailbox);
  EXPECT_EQ(failure(delete_mailbox(account(), "a")), Failure::kHasChildren);
  EXPECT_TRUE(delete_mailbox(account(), "a/b"));
  EXPECT_EQ(find("a"), std::nullopt) << "a name is kept only for its children";
}

TEST_F(MailboxesTest, ANameKeptForChildrenCanBeAMailboxAgain) {
  const auto before = create("a");
  create("a/b");
  delete_mailbox(account(), "a");
  const auto after = create("a");
  EXPECT_TRUE(after.selectable);
  EXPECT_TRUE(after.has_children);
  EXPECT_GT(after.uid_validity, before.uid_validity);
  EXPECT_NE(after.id, before.id);
}

TEST_F(MailboxesTest, UidValidityAndIdsAreNeverGivenAgain) {
  std::set<std::uint32_t> validities;
  std::set<MailboxId> ids;
  for (int i = 0; i < 5; ++i) {
    const auto mailbox = create("again");
    EXPECT_TRUE(validities.insert(mailbox.uid_validity).second);
    EXPECT_TRUE(ids.insert(mailbox.id).second);
    if (i % 2 == 0)
      delete_mailbox(account(), "again");
    else
      rename_mailbox(account(), "again", "elsewhere" + std::to_string(i));
    reopen();
  }
}

TEST_F(MailboxesTest, RenameTakesTheChildrenAlong) {
  const auto mailbox = create("a");
  create("a/b/c");
  create("ab");
  const Uid uid = add(mailbox.id, "kept");
  EXPECT_TRUE(rename_mailbox(account(), "a", "x/y"));
  EXPECT_EQ(find("a"), std::nullopt);
  EXPECT_EQ(find("x/y")->id, mailbox.id);
  EXPECT_EQ(find("x/y")->uid_validity, mailbox.uid_validity);
  EXPECT_TRUE(find("x/y/b/c"));
  EXPECT_TRUE(find("x")->selectable);
  EXPECT_TRUE(find("ab"));
  EXPECT_EQ(uids(mailbox.id), std::vector<Uid>{uid});
}

TEST_F(MailboxesTest, RenameOfALongNameInAnotherScript) {
  create("받은/편지");
  EXPECT_TRUE(rename_mailbox(account(), "받은", "보낸"));
  EXPECT_TRUE(find("보낸/편지"));
}

TEST_F(MailboxesTest, RenameRefusals) {
  create("a/b");
  EXPECT_EQ(failure(rename_mailbox(account(), "none", "x")), Failure::kNoSuchMailbox);
  EXPECT_EQ(failure(rename_mailbox(account(), "a", "Sent")), Failure::kAlreadyExists);
  EXPECT_EQ(failure(rename_mailbox(account(), "a", "a")), Failure::kAlreadyExists);
  EXPECT_EQ(failure(rename_mailbox(account(), "a", "a/b/c")), Failure::kInvalidName);
  EXPECT_EQ(failure(rename_mailbox(account(), "a", "x//y")), Failure::kInvalidName);
  EXPECT_EQ(failure(rename_mailbox(account(), "a", "inbox")), Failure::kAlreadyExists);
  EXPECT_TRUE(find("a/b"));
}

TEST_F(MailboxesTest, RenamingInboxMovesItsMessages) {
  const auto before = find("INBOX").value();
  add(inbox(), "one", {mail::kSeen, {"$label1"}});
  add(inbox(), "two");
  create("INBOX/child");
  EXPECT_TRUE(rename_mailbox(account(), "inbox", "INBOX/old"));
  EXPECT_EQ(find("INBOX")->id, before.id);
  EXPECT_TRUE(uids(inbox()).empty());
  EXPECT_EQ(status(inbox()).uid_next, 3u) << "UIDs go on";
  EXPECT_TRUE(find("INBOX/child"));
  const auto old = view(id("INBOX/old"));
  ASSERT_EQ(old.messages.size(), 2u);
  EXPECT_EQ(old.messages[0].flags, mail::kSeen | 256u);
  EXPECT_EQ(old.keywords, std::vector<std::string>{"$label1"});
  EXPECT_EQ(changes_since(account(), inbox(), 1, RecentClaim::kLeave)->vanished,
            (std::vector<Uid>{1, 2}));
}

TEST_F(MailboxesTest, SubscriptionsOutliveTheirMailboxes) {
  create("a");
  EXPECT_TRUE(set_subscribed(account(), "a", true));
  EXPECT_TRUE(set_subscribed(account(), "a", true));
  EXPECT_TRUE(set_subscribed(account(), "never/was", true));
  EXPECT_TRUE(find("a")->subscribed);
  delete_mailbox(account(), "a");
  EXPECT_EQ(lost_subscriptions(account()), (std::vector<std::string>{"a", "never/was"}));
  EXPECT_TRUE(set_subscribed(account(), "a", false));
  EXPECT_TRUE(set_subscribed(account(), "Sent", false));
  EXPECT_EQ(lost_subscriptions(account()), std::vector<std::string>{"never/was"});
  EXPECT_FALSE(find("Sent")->subscribed);
  EXPECT_EQ(failure(set_subscribed(account(), "a//b", true)), Failure::kInvalidName);
}

TEST_F(MailboxesTest, StatusCounts) {
  const MailboxId mailbox = create("a").id;
  EXPECT_EQ(status(mailbox).messages, 0u);
  EXPECT_EQ(status(mailbox).uid_next, 1u);
  EXPECT_EQ(status(mailbox).highest_mod_seq, 1u);
  add(mailbox, "one");
  add(mailbox, "two", {mail::kSeen, {}});
  add(mailbox, "three", {mail::kDeleted, {}});
  const MailboxStatus after = status(mailbox);
  EXPECT_EQ(after.messages, 3u);
  EXPECT_EQ(after.unseen, 2u);
  EXPECT_EQ(after.deleted, 1u);
  EXPECT_EQ(after.recent, 3u);
  EXPECT_EQ(after.size,
            message_text("one").size() + message_text("two").size() + message_text("three").size());
  open_mailbox(account(), mailbox, RecentClaim::kTake).value();
  EXPECT_EQ(status(mailbox).recent, 0u);
}

}  // namespace
}  // namespace mailstore
