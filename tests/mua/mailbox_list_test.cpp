#include "mua/mailbox_list.hpp"

#include <gtest/gtest.h>

namespace mua {
namespace {

using mail::imap::Mailbox;

std::string found(const std::vector<Mailbox>& mailboxes, Role role) {
  const Mailbox* mailbox = find_role(mailboxes, role);
  return mailbox ? mailbox->name : "";
}

TEST(MailboxList, SpecialUseIsBetterThanAName) {
  EXPECT_EQ(found({{"Sent", "/", {}}, {"[Gmail]/Gesendet", "/", {"\\Sent"}}}, Role::kSent),
            "[Gmail]/Gesendet");
}

TEST(MailboxList, KnowsTheNamesOfOthers) {
  EXPECT_EQ(found({{"INBOX", ".", {}}, {"INBOX.sent items", ".", {}}}, Role::kSent),
            "INBOX.sent items");
  EXPECT_EQ(found({{"Deleted Messages", "", {}}}, Role::kTrash), "Deleted Messages");
  EXPECT_EQ(found({{"INBOX", "/", {}}, {"Unsent", "/", {}}}, Role::kSent), "");
}

}  // namespace
}  // namespace mua
