#include "imapd/listing.hpp"

#include <gmock/gmock.h>

#include "mailstore/acl.hpp"
#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class ListingTest : public CommandTest {
 protected:
  ListingTest() : bob_(domain_.add_user("bob", "secret")) {}

  std::shared_ptr<mailstore::Account> account(const char* name) {
    auto& directory = domain_.store().directory();
    return domain_.store().account(
        directory.find_account(std::string(name) + "@example.test").value().id);
  }
  void share(const char* owner, const char* mailbox, mailstore::AccountId with,
             const char* rights) {
    auto store = account(owner);
    auto info = mailstore::find_mailbox(*store, mailbox).value();
    ASSERT_TRUE(mailstore::change_acl(*store, domain_.store().directory(), info.id, {with},
                                      *mail::parse_rights_change(rights)));
  }

  const mailstore::AccountId bob_;
};

TEST_F(ListingTest, ShowsWhatMayBeLookedUpAndItsOwnChildrenAlone) {
  auto owner = account("alice");
  mailstore::create_mailbox(*owner, "a/b/c").value();
  share("alice", "a", bob_, "lr");
  share("alice", "a/b", bob_, "r");
  share("alice", "Sent", bob_, "l");
  auto info = domain_.store().directory().find_account(owner->id()).value();
  auto visible = visible_to(*owner, info, bob_);
  ASSERT_EQ(visible.size(), 2u);
  EXPECT_EQ(visible[0].info.name, "Other Users/alice@example.test/Sent");
  EXPECT_EQ(visible[0].info.special_use, "");
  EXPECT_FALSE(visible[0].readable);
  EXPECT_EQ(visible[1].info.name, "Other Users/alice@example.test/a");
  EXPECT_FALSE(visible[1].info.has_children);
  EXPECT_TRUE(visible[1].readable);
  EXPECT_FALSE(visible[1].personal);
}

TEST(Listing, NamesTheLevelsThatAreNoMailboxes) {
  std::vector<Visible> mailboxes(2);
  mailboxes[0].info.name = "Other Users/a@b/x";
  mailboxes[1].info.name = "Other Users/a@b/x/y/z";
  EXPECT_THAT(levels_above(mailboxes),
              ElementsAre("Other Users", "Other Users/a@b", "Other Users/a@b/x/y"));
}

TEST_F(ListingTest, AnAccountThatCannotBeReadIsLeftOut) {
  domain_.add_user("carol", "secret");
  share("alice", "INBOX", bob_, "l");
  share("carol", "INBOX", bob_, "l");
  domain_.directive("corrupt", {"alice"});
  Peer peer(domain_.port(""));
  peer.ask("LOGIN bob secret");
  auto answer = peer.ask("LIST \"\" *");
  EXPECT_THAT(answer, HasSubstr("\"Other Users/carol@example.test/INBOX\""));
  EXPECT_THAT(answer, Not(HasSubstr("alice")));
  EXPECT_THAT(answer, HasSubstr("x OK"));
}

}  // namespace
}  // namespace imapd
