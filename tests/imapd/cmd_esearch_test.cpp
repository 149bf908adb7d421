#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

using CmdEsearchTest = CommandTest;

TEST_F(CmdEsearchTest, SearchesMailboxesThatAreNotSelected) {
  deliver("Subject: needle\r\n\r\n");
  auto peer = log_in();
  peer->ask("CREATE Empty");
  auto answer = peer->ask("ESEARCH IN (personal) SUBJECT needle");
  EXPECT_THAT(answer, StartsWith("* ESEARCH (TAG \"x\" MAILBOX INBOX UIDVALIDITY "));
  EXPECT_THAT(answer, HasSubstr(") UID ALL 1\nx OK"));
  EXPECT_THAT(answer, Not(HasSubstr("Empty")));
}

TEST_F(CmdEsearchTest, TellsTheHighestModSeqOfEachMailbox) {
  deliver("Subject: a\r\n\r\n");
  auto peer = log_in();
  auto answer = peer->ask("ESEARCH IN (inboxes) RETURN (COUNT) MODSEQ 1");
  EXPECT_THAT(answer, HasSubstr(" UID COUNT 1 MODSEQ "));
}

// A name with a character beyond ASCII, in the form the session speaks.
TEST_F(CmdEsearchTest, NamesMailboxesInTheFormOfTheSession) {
  auto peer = open();
  peer->ask("CREATE \"Entw&APw-rfe\"");
  deliver("Subject: a\r\n\r\n");
  peer->ask("NOOP");
  peer->ask("COPY 1 \"Entw&APw-rfe\"");
  auto answer = peer->ask("ESEARCH IN (mailboxes \"Entw&APw-rfe\") RETURN (COUNT) ALL");
  EXPECT_THAT(answer, HasSubstr("MAILBOX Entw&APw-rfe UIDVALIDITY "));
}

TEST_F(CmdEsearchTest, SaysNothingOfAMailboxWithoutAMatch) {
  auto peer = open();
  EXPECT_EQ(peer->ask("ESEARCH RETURN (COUNT) ALL"), "x OK Search completed\n");
}

}  // namespace
}  // namespace imapd
