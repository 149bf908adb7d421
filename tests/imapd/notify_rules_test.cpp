#include "imapd/notify_rules.hpp"

#include <gtest/gtest.h>

namespace imapd {
namespace {

NotifyRules rules(std::string_view arguments) {
  return NotifyRules(mail::parse_notify(arguments).value().groups);
}

Visible visible(const std::string& name, bool personal = true) {
  Visible visible;
  visible.account = personal ? 1 : 2;
  visible.info.name = name;
  visible.personal = personal;
  return visible;
}

TEST(NotifyRules, KnowsTheSelectedMailbox) {
  auto at_once = rules("SET (selected (MessageNew (uid flags) MessageExpunge))");
  EXPECT_TRUE(at_once.selected().messages);
  EXPECT_FALSE(at_once.selected().flags);
  EXPECT_TRUE(at_once.tells_expunges());
  EXPECT_EQ(at_once.fetch().size(), 2u);
  EXPECT_FALSE(at_once.concerns_others());
  auto delayed = rules("SET (selected-delayed (MessageNew MessageExpunge FlagChange))");
  EXPECT_TRUE(delayed.selected().flags);
  EXPECT_FALSE(delayed.tells_expunges());
  EXPECT_FALSE(rules("SET (selected NONE)").tells_expunges());
  EXPECT_FALSE(rules("NONE").selected().messages);
}

TEST(NotifyRules, FindsMailboxesByEachFilter) {
  auto tells = [](std::string_view filter, const Visible& visible) {
    auto text = "SET (" + std::string(filter) + " (MessageNew MessageExpunge))";
    return rules(text).events_of(visible).messages;
  };
  EXPECT_TRUE(tells("inboxes", visible("INBOX")));
  EXPECT_FALSE(tells("inboxes", visible("Sent")));
  EXPECT_TRUE(tells("personal", visible("Sent")));
  EXPECT_FALSE(tells("personal", visible("Other Users/bob/x", false)));
  EXPECT_TRUE(tells("subtree (A Lists)", visible("Lists")));
  EXPECT_TRUE(tells("subtree (A Lists)", visible("Lists/a/b")));
  EXPECT_FALSE(tells("subtree Lists", visible("Listserv")));
  EXPECT_TRUE(tells("mailboxes (A Lists)", visible("Lists")));
  EXPECT_FALSE(tells("mailboxes Lists", visible("Lists/a")));
  EXPECT_FALSE(tells("mailboxes \"*\"", visible("Lists")));
  auto subscribed = visible("Sent");
  EXPECT_FALSE(tells("subscribed", subscribed));
  subscribed.info.subscribed = true;
  EXPECT_TRUE(tells("subscribed", subscribed));
}

// RFC 5465 §6: several groups can apply to one mailbox.
TEST(NotifyRules, JoinsTheGroups) {
  auto joined = rules(
      "SET (mailboxes INBOX (Messagenew messageExpunge)) (personal (SubscriptionChange)) "
      "(mailboxes INBOX NONE)");
  auto events = joined.events_of(visible("INBOX"));
  EXPECT_TRUE(events.messages && events.subscriptions);
  EXPECT_FALSE(joined.events_of(visible("Sent")).messages);
  EXPECT_TRUE(joined.events_of(visible("Sent")).subscriptions);
}

TEST(NotifyRules, KnowsWhetherOtherUsersMayBeConcerned) {
  EXPECT_FALSE(rules("SET (personal (MailboxName))").may_concern_other_users({}));
  EXPECT_TRUE(rules("SET (subtree \"Other Users\" (MailboxName))").may_concern_other_users({}));
  auto subscribed = rules("SET (subscribed (MailboxName))");
  EXPECT_FALSE(subscribed.may_concern_other_users({"Lost"}));
  EXPECT_TRUE(subscribed.may_concern_other_users({"Other Users/bob@example.test/x"}));
}

}  // namespace
}  // namespace imapd
