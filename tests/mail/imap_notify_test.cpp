#include "mail/imap_notify.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

using Mailboxes = NotifyGroup::Mailboxes;

NotifyArguments parsed(std::string_view text) {
  auto notify = parse_notify(text);
  EXPECT_TRUE(notify) << text << ": " << (notify ? "" : notify.error().reason);
  return notify ? *notify : NotifyArguments{};
}

TEST(ImapNotify, TakesNone) {
  EXPECT_TRUE(parsed("NONE").none);
  EXPECT_FALSE(parse_notify("NONE (selected NONE)"));
}

// RFC 5465 §3.1, with the parentheses and pairs that §8 asks for.
TEST(ImapNotify, TakesTheExampleOfTheRfc) {
  auto notify = parsed(
      "set status (selected (MessageNew (uid body.peek[header.fields (from to subject)]) "
      "MessageExpunge)) (subtree Lists (MessageNew MessageExpunge))");
  EXPECT_TRUE(notify.status);
  ASSERT_EQ(notify.groups.size(), 2u);
  EXPECT_EQ(notify.groups[0].mailboxes, Mailboxes::kSelected);
  EXPECT_EQ(notify.groups[0].fetch.size(), 2u);
  EXPECT_TRUE(notify.groups[0].events.messages);
  EXPECT_FALSE(notify.groups[0].events.flags);
  EXPECT_EQ(notify.groups[1].mailboxes, Mailboxes::kSubtree);
  EXPECT_EQ(notify.groups[1].names, std::vector<std::string>{"Lists"});
}

TEST(ImapNotify, TakesEveryFilterAndEvent) {
  auto notify = parsed(
      "SET (SELECTED-DELAYED NONE) (inboxes (MessageExpunge FlagChange MessageNew)) "
      "(personal (MailboxName SubscriptionChange)) (subscribed (MailboxMetadataChange)) "
      "(mailboxes (INBOX \"a b\" {1}\r\nc) (ServerMetadataChange))");
  EXPECT_FALSE(notify.status);
  ASSERT_EQ(notify.groups.size(), 5u);
  EXPECT_EQ(notify.groups[0].mailboxes, Mailboxes::kSelectedDelayed);
  EXPECT_EQ(notify.groups[0].events, NotifyEvents{});
  EXPECT_TRUE(notify.groups[1].events.flags);
  EXPECT_TRUE(notify.groups[2].events.names && notify.groups[2].events.subscriptions);
  EXPECT_TRUE(notify.groups[3].events.mailbox_metadata);
  EXPECT_EQ(notify.groups[4].names, (std::vector<std::string>{"INBOX", "a b", "c"}));
  EXPECT_TRUE(notify.groups[4].events.server_metadata);
  EXPECT_FALSE(notify.unsupported);
}

TEST(ImapNotify, NotesEventsThatNobodyCanTell) {
  EXPECT_TRUE(parsed("SET (personal (MessageNew MessageExpunge AnnotationChange))").unsupported);
  EXPECT_TRUE(parsed("SET (personal (Sunrise))").unsupported);
}

TEST(ImapNotify, RefusesWhatIsNotOfTheGrammar) {
  for (std::string_view text :
       {"", "SET", "SET STATUS", "SET ()", "GET (personal NONE)",
        "SET STATUS STATUS (personal NONE)", "SET (personal)", "SET (personal ())",
        "SET (personal MessageNew)", "SET (nobody NONE)", "SET (subtree NONE)",
        "SET (mailboxes () NONE)", "SET (personal NONE) ",
        "SET (selected (MessageNew (uid) MessageExpunge)", "SET (selected NONE))",
        "SET (selected (MessageNew () MessageExpunge))",
        "SET (selected (MessageNew (nonsense) MessageExpunge))"}) {
    EXPECT_FALSE(parse_notify(text)) << text;
  }
}

TEST(ImapNotify, RefusesEventsThatDoNotGoTogether) {
  for (std::string_view text :
       {"SET (personal (MessageNew))", "SET (personal (MessageExpunge))",
        "SET (personal (FlagChange))", "SET (personal (FlagChange MessageNew))",
        "SET (selected (MailboxName))", "SET (selected-delayed (ServerMetadataChange))",
        "SET (personal (MessageNew (uid) MessageExpunge))",
        "SET (selected NONE) (selected-delayed NONE)"}) {
    EXPECT_FALSE(parse_notify(text)) << text;
  }
}

}  // namespace
}  // namespace mail
