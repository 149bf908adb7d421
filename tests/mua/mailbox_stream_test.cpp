#include "mua/mailbox_stream.hpp"

#include <gtest/gtest.h>

#include "tests/mua/trial.hpp"

namespace mua {
namespace {

template <class Work>
void with_session(const std::string& transcript, Work work) {
  const ScriptedServer server({transcript});
  asio::io_context io(1);
  ImapSession session(loopback_account(server.port(), 1), "secret");
  std::exception_ptr error;
  asio::co_spawn(io, work(session), [&](std::exception_ptr thrown) { error = std::move(thrown); });
  io.run();
  if (error) std::rethrow_exception(error);
}

asio::awaitable<void> append_three(ImapSession& session) {
  co_await session.open();
  Appender appender(session, "Old");
  for (const char* text : {"a\r\n", "b\r\n", "c\r\n"}) {
    files::StoredMessage message{text, {mail::kSeen, {}}, mail::DateTime{0, 0}, text};
    co_await appender.add(std::move(message));
  }
  co_await appender.flush();
  EXPECT_EQ(appender.appended(), 2u);
  EXPECT_EQ(appender.refused().size(), 1u);
  EXPECT_EQ(appender.refused().front().first, "b\r\n");
  co_await session.close();
}

TEST(MailboxStream, OfABatchThatIsRefusedEachIsTriedAlone) {
  const std::string head = " (\\Seen) \"01-Jan-1970 00:00:00 +0000\" {3+}";
  with_session(
      imap_session("C: A2 APPEND Old" + head + "\nC: a\nC: " + head + "\nC: b\nC: " + head +
                       "\nC: c\nC: \nS: A2 NO [TOOBIG] b is too large\n"
                       "C: A3 APPEND Old" +
                       head +
                       "\nC: a\nC: \nS: A3 OK\n"
                       "C: A4 APPEND Old" +
                       head +
                       "\nC: b\nC: \nS: A4 NO [TOOBIG] too large\n"
                       "C: A5 APPEND Old" +
                       head + "\nC: c\nC: \nS: A5 OK\n",
                   "A6", "MULTIAPPEND"),
      append_three);
}

asio::awaitable<void> look(ImapSession& session) {
  co_await session.open();
  Selection selection{"Old", 7, 2};
  const Identities found = co_await identities_in(session, selection);
  EXPECT_EQ(found.size(), 1u);
  EXPECT_EQ(found.begin()->second, 2u);
  co_await session.close();
}

TEST(MailboxStream, CopiesAreCounted) {
  const std::string fields =
      "BODY[HEADER.FIELDS (MESSAGE-ID DATE FROM SUBJECT)] {19}\nS: Message-ID: <a@x>\nS: )\n";
  with_session(
      imap_session("C: A2 FETCH 1:2 (UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS "
                   "(MESSAGE-ID DATE FROM SUBJECT)])\n"
                   "S: * 1 FETCH (UID 4 RFC822.SIZE 9 " +
                       fields + "S: * 2 FETCH (UID 5 RFC822.SIZE 9 " + fields + "S: A2 OK\n",
                   "A3"),
      look);
}

}  // namespace
}  // namespace mua
