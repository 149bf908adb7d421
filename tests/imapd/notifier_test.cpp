#include "imapd/notifier.hpp"

#include <gtest/gtest.h>

namespace imapd {
namespace {

using mailstore::Change;
using mailstore::MailboxStatus;

MailboxStatus some_status() {
  MailboxStatus status;
  status.uid_validity = 7;
  status.uid_next = 10;
  status.highest_mod_seq = 20;
  status.messages = 3;
  status.unseen = 2;
  return status;
}

class NotifierTest : public testing::Test {
 protected:
  void begin(std::string_view arguments) {
    notifier_.emplace(NotifyRules(mail::parse_notify(arguments).value().groups));
    notifier_->take_listing(listing_, enabled_, out_);
    for (const auto& key : notifier_->to_read()) take(key, status_);
    EXPECT_EQ(told(), "");
  }
  void add(mailstore::MailboxId id, const std::string& name) {
    Visible visible;
    visible.account = 1;
    visible.info.id = id;
    visible.info.name = name;
    listing_.mailboxes.push_back(visible);
  }
  void list() { notifier_->take_listing(listing_, enabled_, out_); }
  void take(const MailboxKey& key, const MailboxStatus& status) {
    notifier_->take_status(key, status, enabled_, out_);
  }
  std::string told() { return std::exchange(out_, {}); }

  Enabled enabled_;
  Listing listing_;
  MailboxStatus status_ = some_status();
  std::optional<Notifier> notifier_;
  std::string out_;
};

TEST_F(NotifierTest, TellsCountsByUidNextAndMessages) {
  add(5, "Lists");
  begin("SET (subtree Lists (MessageNew MessageExpunge))");
  status_.uid_next = 11;
  status_.messages = 4;
  status_.unseen = 3;
  take({1, 5}, status_);
  EXPECT_EQ(told(), "* STATUS Lists (UIDNEXT 11 MESSAGES 4)\r\n");
  take({1, 5}, status_);
  EXPECT_EQ(told(), "");
  enabled_.condstore = true;
  status_.messages = 2;
  status_.highest_mod_seq = 25;
  take({1, 5}, status_);
  EXPECT_EQ(told(), "* STATUS Lists (UIDNEXT 11 MESSAGES 2 HIGHESTMODSEQ 25)\r\n");
}

TEST_F(NotifierTest, TellsFlagsOnlyToThoseWhoAskedForThem) {
  add(5, "Lists");
  begin("SET (personal (MessageNew MessageExpunge))");
  status_.highest_mod_seq = 21;
  status_.unseen = 1;
  enabled_.condstore = true;
  take({1, 5}, status_);
  EXPECT_EQ(told(), "");
}

TEST_F(NotifierTest, TellsFlagsByUnseenAndByModSeq) {
  add(5, "Lists");
  begin("SET (personal (MessageNew MessageExpunge FlagChange))");
  status_.highest_mod_seq = 21;
  take({1, 5}, status_);
  EXPECT_EQ(told(), "");  // nothing a client without CONDSTORE could be told
  status_.highest_mod_seq = 22;
  status_.unseen = 1;
  take({1, 5}, status_);
  EXPECT_EQ(told(), "* STATUS Lists (UIDVALIDITY 7 UNSEEN 1)\r\n");
  enabled_.condstore = true;
  status_.highest_mod_seq = 23;
  take({1, 5}, status_);
  EXPECT_EQ(told(), "* STATUS Lists (UIDVALIDITY 7 HIGHESTMODSEQ 23)\r\n");
}

TEST_F(NotifierTest, AsksOnlyForWhatIsWatchedAndChanged) {
  add(5, "Lists");
  add(6, "Sent");
  begin("SET (mailboxes Lists (MessageNew MessageExpunge))");
  using Keys = std::vector<MailboxKey>;
  EXPECT_EQ(notifier_->to_read({Change{1, 6, 9}}), Keys{});
  EXPECT_EQ(notifier_->to_read({Change{1, 5, 9}}), (Keys{{1, 5}}));
  EXPECT_EQ(notifier_->to_read({Change{2, 5, 9}}), Keys{});
  EXPECT_EQ(notifier_->to_read({Change{}}), (Keys{{1, 5}}));
  EXPECT_FALSE(notifier_->needs_listing({Change{1, 5, 9}}));
  EXPECT_TRUE(notifier_->needs_listing({Change{1, 0, 0}}));
  EXPECT_TRUE(notifier_->needs_listing({Change{}}));
}

TEST_F(NotifierTest, LeavesTheSelectedMailboxOut) {
  add(5, "Lists");
  begin("SET (personal (MessageNew MessageExpunge))");
  notifier_->select(MailboxKey{1, 5}, std::nullopt);
  EXPECT_TRUE(notifier_->to_read({Change{1, 5, 9}}).empty());
  status_.messages = 9;
  take({1, 5}, status_);
  EXPECT_EQ(told(), "");
  // Left, it is read again and held to what the client knew.
  notifier_->select(std::nullopt, KnownStatus{7, 10, 8, 20, std::nullopt});
  EXPECT_EQ(notifier_->to_read({}).size(), 1u);
  take({1, 5}, status_);
  EXPECT_EQ(told(), "* STATUS Lists (UIDNEXT 10 MESSAGES 9)\r\n");
}

TEST_F(NotifierTest, TellsNamesAndWhatIsInNewMailboxes) {
  begin("SET (personal (MailboxName MessageNew MessageExpunge))");
  add(8, "new");
  list();
  EXPECT_EQ(told(), "* LIST (\\HasNoChildren) \"/\" new\r\n");
  take({1, 8}, status_);
  EXPECT_EQ(told(), "* STATUS new (UIDVALIDITY 7 UIDNEXT 10 MESSAGES 3)\r\n");
  listing_.mailboxes.back().info.name = "newer";
  list();
  EXPECT_EQ(told(), "* LIST (\\HasNoChildren) \"/\" newer (\"OLDNAME\" (new))\r\n");
  listing_.mailboxes.clear();
  list();
  EXPECT_EQ(told(), "* LIST (\\NonExistent) \"/\" newer\r\n");
}

TEST_F(NotifierTest, TellsSubscriptionsOfEverybodyWhoWatchesThem) {
  add(5, "Lists");
  begin("SET (subscribed (SubscriptionChange))");
  listing_.mailboxes[0].info.subscribed = true;
  list();
  EXPECT_EQ(told(), "* LIST (\\HasNoChildren \\Subscribed) \"/\" Lists\r\n");
  listing_.mailboxes[0].info.subscribed = false;
  list();
  EXPECT_EQ(told(), "* LIST (\\HasNoChildren) \"/\" Lists\r\n");
}

TEST_F(NotifierTest, IsSilentAboutWhatTheClientDid) {
  add(5, "a");
  begin("SET (personal (MailboxName MessageNew MessageExpunge SubscriptionChange))");
  notifier_->changed_by_client("a/b");
  add(8, "a/b");
  listing_.mailboxes[0].info.has_children = true;
  list();
  EXPECT_EQ(told(), "");
  take({1, 8}, status_);
  EXPECT_EQ(told(), "");
  notifier_->arrived_by_client({1, 8}, {10, 11});
  status_.uid_next = 12;
  status_.messages = 5;
  take({1, 8}, status_);
  EXPECT_EQ(told(), "");
  // Somebody else's message came between: then it is news.
  notifier_->arrived_by_client({1, 8}, {13, 13});
  status_.uid_next = 14;
  status_.messages = 7;
  take({1, 8}, status_);
  EXPECT_EQ(told(), "* STATUS a/b (UIDNEXT 14 MESSAGES 7)\r\n");
}

TEST_F(NotifierTest, LooksAgainAfterALookThatFailed) {
  add(5, "Lists");
  begin("SET (personal (MessageNew MessageExpunge))");
  notifier_->distrust();
  EXPECT_TRUE(notifier_->needs_listing({}));
  list();
  EXPECT_FALSE(notifier_->needs_listing({}));
  EXPECT_EQ(notifier_->to_read({}).size(), 1u);
}

TEST_F(NotifierTest, TellsNothingOfWhatMayNotBeRead) {
  add(5, "Lists");
  listing_.mailboxes[0].readable = false;
  add(6, "name only");
  listing_.mailboxes[1].info.selectable = false;
  begin("SET (personal (MessageNew MessageExpunge))");
  EXPECT_TRUE(notifier_->to_read({Change{}}).empty());
}

TEST_F(NotifierTest, BeginsWithTheStatusOfAll) {
  add(5, "Lists");
  begin("SET STATUS (personal (MessageNew MessageExpunge FlagChange))");
  notifier_->tell_status({1, 5}, status_, enabled_, out_);
  EXPECT_EQ(told(), "* STATUS Lists (UIDVALIDITY 7 UIDNEXT 10 MESSAGES 3 HIGHESTMODSEQ 20)\r\n");
}

}  // namespace
}  // namespace imapd
