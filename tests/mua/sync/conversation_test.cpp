#include "mua/sync/conversation.hpp"

#include "mua/query.hpp"
#include "tests/mua/sync/store_trial.hpp"
#include "tests/mua/trial.hpp"

namespace mua::sync {
namespace {

class ConversationTest : public StoreTrial {
 protected:
  ConversationTest() {
    message_ = put(7);
    folders.set_sync_point(inbox, {3, 8, 5, 1});
  }
  static asio::awaitable<void> all(Conversation& conversation) {
    co_await conversation.open();
    co_await conversation.work();
  }
  /// Until the script is over: then the connection is lost.
  std::vector<Event> play(const std::string& dialogue) {
    const std::string& words = words_;
    const ScriptedServer server({"S: * OK [CAPABILITY " + words + "] ready\n" +
                                 "C: A1 AUTHENTICATE PLAIN AGFubkB4LnRlc3QAc2VjcmV0\n" +
                                 "S: A1 OK [CAPABILITY " + words + "] in\n" + dialogue});
    asio::io_context io(1);
    Conversation conversation(loopback_account(server.port(), 1), "secret", store, events, wishes);
    std::exception_ptr error;
    asio::co_spawn(io, all(conversation), [&](std::exception_ptr thrown) {
      error = std::move(thrown);
      io.stop();
    });
    io.run();
    EXPECT_TRUE(error) << "a script that ends is a lost connection";
    return events.take();
  }
  template <class E>
  static const E* find(const std::vector<Event>& all) {
    for (const Event& event : all) {
      if (const auto* found = std::get_if<E>(&event)) return found;
    }
    return nullptr;
  }

  static constexpr const char* kSelect =
      "SELECT INBOX (CONDSTORE)\nS: * 1 EXISTS\nS: * OK [UIDVALIDITY 3] x\n"
      "S: * OK [UIDNEXT 8] x\nS: * OK [HIGHESTMODSEQ 5] x\nS: ";
  static constexpr const char* kLook =
      "LIST \"\" \"*\" RETURN (STATUS (MESSAGES UNSEEN UIDNEXT UIDVALIDITY HIGHESTMODSEQ))\n"
      "S: * LIST () \"/\" INBOX\nS: * LIST () \"/\" Trash\nS: ";
  Events events;
  Wishes wishes;
  MessageId message_ = 0;
  std::string words_ = "IMAP4rev1 SASL-IR LITERAL+ AUTH=PLAIN CONDSTORE IDLE LIST-STATUS MOVE";
};

TEST_F(ConversationTest, LooksAtAllFoldersAndRests) {
  const auto all = play(std::string("C: A2 ") + kSelect + "A2 OK\nC: A3 " + kLook +
                        "A3 OK\nC: A4 IDLE\nS: + ok\nS: * 1 FETCH (UID 7 FLAGS (\\Seen))\n" +
                        "C: DONE\nS: A4 OK\nC: A5 IDLE\n");
  EXPECT_EQ(list.unread(inbox), 0u);
  ASSERT_TRUE(find<LinkChanged>(all));
  EXPECT_EQ(find<LinkChanged>(all)->link, Link::kLive);
}

TEST_F(ConversationTest, WhatAPersonWaitsForComesFirst) {
  wishes.want_text(message_);
  const std::vector<MessageId> one{message_};
  actions.flag(one, "\\Flagged", Actions::Change::kSet, now_seconds());
  const auto all =
      play(std::string("C: A2 ") + kSelect +
           "A2 OK\nC: A3 UID FETCH 7 (UID BODYSTRUCTURE)\nS: * 1 FETCH (UID 7 "
           "BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 2 1))\nS: A3 OK\n"
           "C: A4 UID FETCH 7 (UID BODY.PEEK[1])\nS: * 1 FETCH (UID 7 BODY[1] \"hi\")\n"
           "S: A4 OK\nC: A5 UID STORE 7 +FLAGS (\\Flagged)\nS: A5 OK\nC: A6 " +
           kLook + "A6 OK\nC: A7 IDLE\n");
  ASSERT_TRUE(find<TextReady>(all));
  EXPECT_EQ(bodies.text(message_), "hi\n");
  EXPECT_TRUE(journal.unfinished().empty());
}

TEST_F(ConversationTest, TheServerIsSearchedToo) {
  wishes.search = SearchWish{4, {inbox}, *parse_query("budget")};
  const auto all = play(std::string("C: A2 ") + kSelect +
                        "A2 OK\nC: A3 UID SEARCH TEXT budget\nS: * SEARCH 7\nS: A3 OK\nC: A4 " +
                        kLook + "A4 OK\nC: A5 IDLE\n");
  ASSERT_TRUE(find<Found>(all));
  EXPECT_EQ(find<Found>(all)->search, 4u);
  EXPECT_EQ(find<Found>(all)->messages, std::vector<MessageId>{message_});
}

TEST_F(ConversationTest, AWishOutlivesTheConnection) {
  wishes.want_text(message_);
  play(std::string("C: A2 ") + kSelect + "A2 OK\nC: A3 UID FETCH 7 (UID BODYSTRUCTURE)\n");
  EXPECT_EQ(wishes.texts, std::vector<MessageId>{message_});
}

TEST_F(ConversationTest, AllFoldersAreSearchedAndAskedInTurn) {
  const FolderId trash = folders.require("Other");
  folders.set_sync_point(trash, {4, 1, 0, 1});
  wishes.search = SearchWish{4, {inbox, trash}, *parse_query("budget")};
  const auto all = play(std::string("C: A2 ") + kSelect +
                        "A2 OK\nC: A3 UID SEARCH TEXT budget\nS: * SEARCH 7\nS: A3 OK\n"
                        "C: A4 SELECT Other (CONDSTORE)\nS: * 0 EXISTS\nS: * OK [UIDVALIDITY 4] x\n"
                        "S: A4 OK\nC: A5 UID SEARCH TEXT budget\nS: * SEARCH\nS: A5 OK\n");
  ASSERT_TRUE(find<Found>(all));
  EXPECT_EQ(find<Found>(all)->messages, std::vector<MessageId>{message_});
}

// RFC 5465: what is told of another folder is looked at.
TEST_F(ConversationTest, AServerThatTellsByItselfIsNotAskedEveryMinute) {
  words_ = "IMAP4rev1 SASL-IR LITERAL+ AUTH=PLAIN ENABLE QRESYNC IDLE LIST-STATUS NOTIFY";
  play(
      "C: A2 ENABLE QRESYNC\nC: A3 SELECT INBOX (QRESYNC (3 5))\nS: A2 OK\nS: * 1 EXISTS\n"
      "S: * OK [UIDVALIDITY 3] x\nS: * OK [UIDNEXT 8] x\nS: * OK [HIGHESTMODSEQ 5] x\nS: A3 OK\n"
      "C: A4 NOTIFY SET (SELECTED (MessageNew MessageExpunge FlagChange)) "
      "(PERSONAL (MessageNew MessageExpunge FlagChange MailboxName))\n"
      "C: A5 LIST \"\" \"*\" RETURN (STATUS (MESSAGES UNSEEN UIDNEXT UIDVALIDITY HIGHESTMODSEQ))\n"
      "S: A4 OK\nS: * LIST () \"/\" INBOX\nS: * LIST () \"/\" Other\nS: A5 OK\n"
      "C: A6 IDLE\nS: + ok\nS: * STATUS Other (UIDNEXT 2 MESSAGES 1)\nC: DONE\nS: A6 OK\n"
      "C: A7 STATUS Other (MESSAGES UNSEEN UIDNEXT UIDVALIDITY HIGHESTMODSEQ)\n"
      "S: * STATUS Other (MESSAGES 1 UNSEEN 1 UIDNEXT 2 UIDVALIDITY 4 HIGHESTMODSEQ 9)\nS: A7 OK\n"
      "C: A8 SELECT Other (CONDSTORE)\n");
  EXPECT_EQ(folders.find("Other")->unread, 1u);
}

}  // namespace
}  // namespace mua::sync
