#include "mua/sync/folder_look.hpp"

#include "tests/mua/sync/talk.hpp"

namespace mua::sync {
namespace {

class FolderLookTest : public Talk {
 protected:
  static asio::awaitable<void> look(MailboxSync& mailbox, LocalStore& store, Events& events,
                                    std::vector<FolderId>& stale) {
    FolderLooks looks(mailbox, store, events);
    stale = co_await looks.all();
  }
  Step look() {
    return [this](MailboxSync& mailbox) { return look(mailbox, store, events, stale_); };
  }
  std::vector<FolderId> stale_;
};

TEST_F(FolderLookTest, OneRoundTripTellsAll) {
  talk(
      "C: A2 LIST \"\" \"*\" RETURN (SPECIAL-USE STATUS (MESSAGES UNSEEN UIDNEXT UIDVALIDITY))\n"
      "S: * LIST () \"/\" INBOX\nS: * STATUS INBOX (MESSAGES 0 UNSEEN 0 UIDNEXT 1 UIDVALIDITY 3)\n"
      "S: * LIST (\\Sent) \"/\" Out\nS: * STATUS Out (MESSAGES 4 UNSEEN 1 UIDNEXT 9 UIDVALIDITY "
      "3)\n"
      "S: A2 OK\n",
      "A3", "LIST-STATUS LIST-EXTENDED SPECIAL-USE", {look()});
  const auto out = folders.find(SpecialUse::kSent);
  ASSERT_TRUE(out);
  EXPECT_EQ(out->total, 4u);
  EXPECT_EQ(out->unread, 1u);
  EXPECT_EQ(stale_, std::vector<FolderId>{out->id});
  EXPECT_FALSE(folders.find(SpecialUse::kTrash)) << "it is not on the server";
}

TEST_F(FolderLookTest, OthersAreAskedOneByOne) {
  talk(
      "C: A2 LIST \"\" \"*\"\nS: * LIST () \"/\" INBOX\nS: * LIST (\\Noselect) \"/\" a\n"
      "S: * LIST () \"/\" a/b\nS: A2 OK\n"
      "C: A3 STATUS INBOX (MESSAGES UNSEEN UIDNEXT UIDVALIDITY)\n"
      "C: A4 STATUS a/b (MESSAGES UNSEEN UIDNEXT UIDVALIDITY)\n"
      "S: * STATUS INBOX (MESSAGES 2 UNSEEN 0 UIDNEXT 3 UIDVALIDITY 3)\nS: A3 OK\n"
      "S: A4 NO gone\n",
      "A5", "", {look()});
  EXPECT_EQ(folders.find(inbox)->total, 2u);
  EXPECT_EQ(stale_, std::vector<FolderId>{inbox});
}

}  // namespace
}  // namespace mua::sync
